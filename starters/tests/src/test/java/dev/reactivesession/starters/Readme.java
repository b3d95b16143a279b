package dev.reactivesession.starters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What docs/quick-start.md shows of a whole application. */
final class Readme {

    static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

    private static final Pattern STARTER =
            Pattern.compile("(?m)^\\| ([^|]+) \\| `([a-z0-9-]+-spring-boot-starter)` \\|$");

    private final String section;

    private Readme(String section) {
        this.section = section;
    }

    static Readme read() {
        try {
            String text = Files.readString(ROOT.resolve("docs/quick-start.md"));
            int begin = text.indexOf("\n## A whole application");
            return new Readme(text.substring(begin, text.indexOf("\n## ", begin + 1)));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    List<String> starters() {
        return STARTER.matcher(section).results().map(found -> found.group(2)).toList();
    }

    String maven() {
        return only("xml");
    }

    String gradle() {
        return only("groovy");
    }

    String application() {
        return only("java");
    }

    /** The settings that mention a word; none for a store that needs none. */
    List<String> settings(String word) {
        return blocks("properties")
                .filter(block -> block.contains(word))
                .flatMap(String::lines)
                .toList();
    }

    private String only(String language) {
        List<String> found = blocks(language).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " blocks of " + language);
        }
        return found.get(0);
    }

    private Stream<String> blocks(String language) {
        return BLOCK.matcher(section)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map((MatchResult block) -> block.group(2));
    }
}
