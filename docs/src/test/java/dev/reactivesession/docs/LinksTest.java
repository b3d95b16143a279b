package dev.reactivesession.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinksTest {

    private static final Pattern LINK = Pattern.compile("(?:]\\(|(?:src|href)=\")([^)\"\\s]+)[)\"]");

    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    private record Link(Path document, String target) {

        boolean isElsewhere() {
            return target.matches("[a-z]+:.*");
        }

        Path file() {
            String path = target.replaceAll("#.*", "");
            return path.isEmpty() ? document : document.resolveSibling(path).normalize();
        }

        boolean hasAnchor() {
            return target.contains("#");
        }

        String anchor() {
            return target.replaceAll(".*#", "");
        }

        @Override
        public String toString() {
            return Documents.name(document) + " -> " + target;
        }
    }

    static Stream<Link> links() {
        return Documents.all()
                .flatMap(document -> LINK
                        .matcher(Documents.prose(document))
                        .results()
                        .map(found -> new Link(document, found.group(1)))
                        .toList()
                        .stream());
    }

    @ParameterizedTest
    @MethodSource("links")
    void leadsSomewhere(Link link) {
        if (link.isElsewhere()) {
            assertThat(URI.create(link.target())).hasScheme("https");
        } else {
            assertThat(link.file()).exists();
            assertThat(link.hasAnchor() && !anchorsOf(link.file()).contains(link.anchor()))
                    .as("a heading for #%s is missing", link.anchor())
                    .isFalse();
        }
    }

    @Test
    void everyModuleHasAReadmeThatTheFirstOneLinks() {
        List<Path> linked = links().filter(
                        link -> Documents.name(link.document()).equals("README.md"))
                .map(Link::file)
                .toList();
        assertThat(Build.modules())
                .filteredOn(module -> !module.startsWith("starters/")) // one table has them all
                .map(module -> Documents.ROOT.resolve(module).resolve("README.md"))
                .allSatisfy(readme -> assertThat(readme).exists())
                .allSatisfy(readme -> assertThat(linked).contains(readme));
    }

    private static List<String> anchorsOf(Path document) {
        assertThat(Files.isRegularFile(document)).as("%s", document).isTrue();
        return HEADING.matcher(Documents.prose(document))
                .results()
                .map(found -> found.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
