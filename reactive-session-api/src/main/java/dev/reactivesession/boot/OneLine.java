package dev.reactivesession.boot;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** An error in one line: its message, and the cause at the bottom. */
final class OneLine {

    private static final int LONGEST = 300;

    private OneLine() {}

    static String of(Throwable error) {
        Throwable root = root(error);
        String message = String.valueOf(error.getMessage());
        String text = root == error
                ? message
                : message + " (" + root.getClass().getSimpleName() + ": " + root.getMessage() + ")";
        return of(text, LONGEST);
    }

    static String of(String text, int longest) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= longest ? line : line.substring(0, longest) + "…";
    }

    private static Throwable root(Throwable error) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Throwable deepest = error;
        while (deepest.getCause() != null && seen.add(deepest)) {
            deepest = deepest.getCause();
        }
        return deepest;
    }
}
