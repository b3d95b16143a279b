package dev.reactivesession.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Lines end at 120 columns. Rows of tables, commands, and single words such as addresses cannot be broken. */
class LineLengthTest {

    private static final int COLUMNS = 120;

    private static final Pattern ROW = Pattern.compile("^ *\\|.*");

    private static final Pattern ONE_WORD = Pattern.compile("^[\\s>*-]*\\S+$");

    @Test
    void ofEveryDocument() {
        List<Path> documents = Documents.all().toList();

        assertThat(documents).hasSizeGreaterThan(20);
        assertThat(documents.stream()
                        .flatMap(document -> tooLong(document, Documents.prose(document)))
                        .filter(line -> !isRow(line.text())))
                .isEmpty();
    }

    @Test
    void ofEverySource() {
        List<Path> sources = Build.modules().stream()
                .flatMap(module -> Sources.files(Documents.ROOT.resolve(module).resolve("src")).stream())
                .toList();

        assertThat(sources).hasSizeGreaterThan(500);
        assertThat(sources.stream().flatMap(source -> tooLong(source, Documents.text(source))))
                .isEmpty();
    }

    private record Line(Path file, String text) {}

    private static Stream<Line> tooLong(Path file, String text) {
        return text.lines()
                .filter(line -> line.length() > COLUMNS && !isOneWord(line))
                .map(line -> new Line(file, line));
    }

    private static boolean isRow(String line) {
        return ROW.matcher(line).matches();
    }

    private static boolean isOneWord(String line) {
        return ONE_WORD.matcher(line).matches();
    }
}
