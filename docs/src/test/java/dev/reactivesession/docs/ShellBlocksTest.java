package dev.reactivesession.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands, in blocks and in sentences, name what there is: modules, profiles, goals, tests, files, classes. */
class ShellBlocksTest {

    private static final Pattern INLINE =
            Pattern.compile("`((?:[A-Z_]+=\\S+ )*(?:\\./mvnw|benchmarks/run|demo/transcript\\.sh|\\.ci/run)[^`]*)`");

    private static final Pattern WORD = Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+");

    /** Programs of others, and who sees to it that the command is right. */
    private static final Map<String, String> OF_OTHERS = Map.of(
            "curl", "the demo asks itself every one in its own README",
            "docker", "the demo holds compose.yaml against its profiles",
            "openssl", "prints 32 random bytes in Base64, as a key is");

    private record Command(String where, List<String> environment, String program, List<String> arguments) {

        static Command of(String where, String line) {
            List<String> words = WORD.matcher(line)
                    .results()
                    .map(word -> word.group().replaceAll("['\"]", ""))
                    .toList();
            List<String> environment =
                    words.stream().takeWhile(word -> word.matches("[A-Z_]+=.*")).toList();
            return new Command(
                    where,
                    environment,
                    words.get(environment.size()),
                    words.subList(environment.size() + 1, words.size()));
        }

        @Override
        public String toString() {
            return where + " " + program + " " + String.join(" ", arguments);
        }
    }

    static Stream<Command> commands() {
        return Stream.concat(inBlocks(), inSentences());
    }

    private static Stream<Command> inBlocks() {
        return Documents.blocks(Kind.SHELL)
                .flatMap(block -> block.text()
                        .lines()
                        .map(line -> line.replaceAll("(^|\\s+)# .*", ""))
                        .filter(line -> !line.isBlank())
                        .map(line -> Command.of(block.toString(), line)));
    }

    private static Stream<Command> inSentences() {
        return Documents.all()
                .flatMap(document -> INLINE
                        .matcher(Documents.prose(document))
                        .results()
                        .map(found -> Command.of(Documents.name(document), found.group(1)))
                        .toList()
                        .stream());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void namesWhatThereIs(Command command) {
        assertThat(command.environment()).allSatisfy(variable -> isRead(variable, command));
        switch (command.program()) {
            case "./mvnw" -> MavenCommand.of(command.arguments()).assertNamesWhatThereIs();
            case "java" -> assertJavaRuns(command.arguments());
            default -> assertIsAProgram(command);
        }
    }

    private static void isRead(String variable, Command command) {
        String name = variable.substring(0, variable.indexOf('='));
        Stream<String> sources = Build.modules().stream()
                .map(module -> Documents.ROOT.resolve(module).resolve("src"))
                .flatMap(Sources::under);
        Stream<String> program = Stream.of(Documents.text(Documents.ROOT.resolve(command.program())));
        assertThat(Stream.concat(program, sources).anyMatch(source -> source.contains(name)))
                .as("something reads %s", name)
                .isTrue();
    }

    private static void assertIsAProgram(Command command) {
        if (!OF_OTHERS.containsKey(command.program())) {
            Path script = Documents.ROOT.resolve(command.program());
            assertThat(script).isExecutable();
            assertThat(Documents.text(script)).contains(options(command.arguments()));
        }
    }

    private static List<String> options(List<String> arguments) {
        List<String> options = new ArrayList<>(List.of("#!"));
        arguments.stream()
                .filter(argument -> argument.startsWith("--"))
                .map(argument -> argument.replaceAll("=.*", ""))
                .forEach(options::add);
        return options;
    }

    private static void assertJavaRuns(List<String> arguments) {
        if (arguments.get(0).equals("-jar")) {
            String module = arguments.get(1).replaceAll("\\.jar$", "");
            assertThat(Documents.text(Documents.ROOT.resolve(module).resolve("pom.xml")))
                    .contains("<Main-Class>");
        } else {
            String benchmark = arguments.stream()
                    .filter(argument -> argument.endsWith("Benchmark"))
                    .findFirst()
                    .orElseThrow();
            assertThat(MavenCommand.classesIn("benchmarks", "main")).anyMatch(name -> name.endsWith("." + benchmark));
        }
    }
}
