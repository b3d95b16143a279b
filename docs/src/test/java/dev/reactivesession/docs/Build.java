package dev.reactivesession.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the Maven build knows. */
final class Build {

    private Build() {}

    static List<String> modules() {
        return texts(pom("."), "<module>([^<]+)</module>");
    }

    /** Their names are the last part of their paths. */
    static List<String> artifacts() {
        return modules().stream().map(module -> module.replaceAll(".*/", "")).toList();
    }

    static String version() {
        return texts(pom("."), "<version>([^<]+)</version>").get(0);
    }

    static List<String> profiles() {
        return poms().flatMap(pom -> texts(pom, "<profile>\\s*<id>([^<]+)</id>").stream())
                .toList();
    }

    /** The short names of the plugins that some module uses. */
    static List<String> plugins() {
        return poms().flatMap(
                        pom -> texts(pom, "<artifactId>(?:maven-)?([a-z-]+?)(?:-maven)?-plugin</artifactId>").stream())
                .distinct()
                .toList();
    }

    private static Stream<String> poms() {
        return Stream.concat(Stream.of("."), modules().stream()).map(Build::pom);
    }

    private static String pom(String module) {
        return Documents.text(Documents.ROOT.resolve(Path.of(module, "pom.xml")));
    }

    private static List<String> texts(String pom, String pattern) {
        return Pattern.compile(pattern)
                .matcher(pom)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
