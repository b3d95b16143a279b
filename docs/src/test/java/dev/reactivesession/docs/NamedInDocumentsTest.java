package dev.reactivesession.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A reader who looks for a package, a class or a page finds it, and nothing that is not there. */
class NamedInDocumentsTest {

    private static final Path ARCHITECTURE = Documents.ROOT.resolve("docs/architecture.md");

    private static final List<String> LIBRARY = List.of(
            "reactive-session-api", "reactive-session-r2dbc", "reactive-session-redis", "reactive-session-cookie");

    private static final Pattern CLASSES = Pattern.compile("(?m)^\\| *((?:`[A-Z]\\w+`(?:, )?)+) *\\|");

    private static final Pattern DECLARED = Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w*)");

    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    private static Stream<Path> sources() {
        return LIBRARY.stream()
                .flatMap(module -> Sources.files(Documents.ROOT.resolve(module).resolve("src/main/java")).stream());
    }

    private static String packageOf(Path source) {
        String path = source.getParent().toString().replace('\\', '/');
        return path.substring(path.indexOf("src/main/java/") + "src/main/java/".length())
                .replace('/', '.');
    }

    private static String className(Path source) {
        return source.getFileName().toString().replace(".java", "");
    }

    @Test
    void architectureNamesEveryPackage() {
        String architecture = Documents.text(ARCHITECTURE);
        Set<String> packages = sources().map(NamedInDocumentsTest::packageOf).collect(Collectors.toSet());

        assertThat(packages)
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(Pattern.compile("(?m)^" + Pattern.quote(name) + " ")
                                .matcher(architecture)
                                .find())
                        .as("a line of docs/architecture.md that begins with %s", name)
                        .isTrue());
    }

    @Test
    void architectureNamesEveryClassOfTheEngine() {
        List<String> named = classesInTables();
        List<String> engine = sources()
                .filter(source -> packageOf(source).equals("dev.reactivesession.engine"))
                .map(NamedInDocumentsTest::className)
                .filter(name -> !name.equals("package-info"))
                .toList();

        assertThat(engine).hasSizeGreaterThan(30);
        assertThat(named).containsAll(engine);
    }

    @Test
    void architectureNamesNoClassThatIsNotThere() {
        Set<String> there = sources()
                .flatMap(source -> DECLARED.matcher(Documents.text(source)).results())
                .map(type -> type.group(1))
                .collect(Collectors.toSet());

        assertThat(classesInTables()).isNotEmpty().isSubsetOf(there);
    }

    private static List<String> classesInTables() {
        return CLASSES.matcher(Documents.text(ARCHITECTURE))
                .results()
                .map(MatchResult::group)
                .flatMap(row -> NAME.matcher(row).results())
                .map(name -> name.group(1))
                .toList();
    }

    @Test
    void theIndexOfTheDocumentsNamesEveryPage() {
        String index = Documents.text(Documents.ROOT.resolve("docs/README.md"));
        List<String> pages = Documents.all()
                .map(Documents::name)
                .filter(name -> name.startsWith("docs/") && !name.equals("docs/README.md"))
                .map(name -> name.substring("docs/".length()))
                .toList();

        assertThat(pages)
                .hasSizeGreaterThan(8)
                .allSatisfy(page -> assertThat(index).contains("](" + page + ")"));
    }
}
