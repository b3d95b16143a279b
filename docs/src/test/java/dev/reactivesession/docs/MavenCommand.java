package dev.reactivesession.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A call of Maven, taken apart. */
record MavenCommand(List<String> modules, List<String> profiles, List<String> tests, List<String> goals) {

    private static final List<String> PHASES = List.of(
            "clean", "validate", "compile", "test", "process-classes", "package", "verify", "install", "deploy");

    private static final List<String> FLAGS = List.of("-am", "-q", "-o", "-B", "-ntp");

    static MavenCommand of(List<String> arguments) {
        assertThat(arguments.stream().filter(argument -> argument.startsWith("-")))
                .allMatch(argument -> FLAGS.contains(argument) || argument.matches("-pl|-D.+|-P.+"));
        return new MavenCommand(
                modules(arguments),
                valuesOf("-P", arguments),
                valuesOf("-Dtest=", arguments),
                Stream.iterate(0, index -> index < arguments.size(), index -> index + 1)
                        .filter(index -> index == 0 || !arguments.get(index - 1).equals("-pl"))
                        .map(arguments::get)
                        .filter(argument -> !argument.startsWith("-"))
                        .toList());
    }

    void assertNamesWhatThereIs() {
        assertThat(Build.modules()).containsAll(modules);
        assertThat(Build.profiles()).containsAll(profiles);
        assertThat(goals).allMatch(MavenCommand::isGoal);
        assertThat(tests).allMatch(this::isThere);
    }

    private static boolean isGoal(String goal) {
        return goal.contains(":") ? Build.plugins().contains(goal.replaceAll(":.*", "")) : PHASES.contains(goal);
    }

    /** A name, or the end of one, or a pattern of a whole one, as Surefire takes it. */
    private boolean isThere(String test) {
        Pattern pattern = Pattern.compile("(.*\\.)?" + Pattern.quote(test).replace("*", "\\E.*\\Q") + "(#.*)?");
        return (modules.isEmpty() ? Build.modules() : modules)
                .stream().flatMap(module -> classesIn(module, "test")).anyMatch(pattern.asMatchPredicate());
    }

    static Stream<String> classesIn(String module, String part) {
        Path sources = Documents.ROOT.resolve(Path.of(module, "src", part, "java"));
        return Sources.files(sources).stream()
                .map(file -> Stream.of(sources.relativize(file).toString().split("[/\\\\]"))
                        .collect(Collectors.joining("."))
                        .replaceAll("\\.java$", ""));
    }

    private static List<String> modules(List<String> arguments) {
        int at = arguments.indexOf("-pl");
        return at < 0 ? List.of() : List.of(arguments.get(at + 1).split(","));
    }

    private static List<String> valuesOf(String option, List<String> arguments) {
        return arguments.stream()
                .filter(argument -> argument.startsWith(option))
                .flatMap(argument ->
                        Arrays.stream(argument.substring(option.length()).split(",")))
                .toList();
    }
}
