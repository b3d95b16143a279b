package dev.reactivesession.boot;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** How names of settings are written and compared. */
final class SettingName {

    static final String PREFIX = "reactive-session.";

    /** A third of the letters may be wrong: more, and it is another word. */
    private static final int LETTERS_FOR_ONE_ERROR = 3;

    private SettingName() {}

    static String kebab(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** Letters and dots alone, because an environment variable has no other way to write a name. */
    static String uniform(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]", "");
    }

    static Optional<String> nearest(String name, Collection<String> known) {
        String ours = name.substring(PREFIX.length());
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(ours, candidate.substring(PREFIX.length()))))
                .filter(candidate -> distance(ours, candidate.substring(PREFIX.length()))
                        <= Math.max(2, ours.length() / LETTERS_FOR_ONE_ERROR));
    }

    /** How many letters must be added, removed or replaced, by the algorithm of Wagner and Fischer. */
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int column = 0; column < before.length; column++) {
            before[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] current = new int[before.length];
            current[0] = row;
            for (int column = 1; column < current.length; column++) {
                int replaced = before[column - 1] + (one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(before[column], current[column - 1]));
            }
            before = current;
        }
        return before[other.length()];
    }
}
