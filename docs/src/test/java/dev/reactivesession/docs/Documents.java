package dev.reactivesession.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every document of the project, and the blocks in them. */
final class Documents {

    static final Path ROOT = Path.of("..");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^( *)```([^\\n`]*)\\n(.*?)^ *```$");

    private Documents() {}

    static Stream<Path> all() {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.list(ROOT.resolve("docs"));
                Stream<Path> questions = Files.list(ROOT.resolve("docs/how-to"));
                Stream<Path> modules = Files.list(ROOT)) {
            Stream<Path> readmes = modules.map(module -> module.resolve("README.md"));
            return Stream.of(top, docs, questions, readmes)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Block> blocks() {
        return all().flatMap(Documents::blocksOf);
    }

    static Stream<Block> blocks(Kind kind) {
        return blocks().filter(block -> block.is(kind));
    }

    static String name(Path document) {
        return ROOT.relativize(document).toString().replace('\\', '/');
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is between the blocks. */
    static String prose(Path document) {
        return BLOCK.matcher(text(document)).replaceAll("");
    }

    private static Stream<Block> blocksOf(Path document) {
        String text = text(document);
        List<MatchResult> found = BLOCK.matcher(text).results().toList();
        return found.stream()
                .map(block -> new Block(
                        name(document),
                        (int) text.substring(0, block.start()).lines().count() + 1,
                        block.group(2).strip(),
                        block.group(3).replaceAll("(?m)^" + block.group(1), "")));
    }
}
