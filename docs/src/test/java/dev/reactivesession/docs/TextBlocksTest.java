package dev.reactivesession.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What no test reads, and why. Whoever adds a block of text adds it here. */
class TextBlocksTest {

    private static final Map<String, String> NOT_READ = Map.of(
            "docs/architecture.md: in out", "a drawing",
            "docs/architecture.md: dev.reactivesession", "a drawing; ArchUnit holds its arrows",
            "docs/wrong-settings.md: ", "messages; WrongSettingsPageTest compares them with those of real starts",
            "docs/operations.md: Sessions in PostgreSQL", "lines of the log; OutageLogTest compares them with its own",
            "docs/store-redis.md: rs1 v=0000000000000000007", "a stored form; golden bytes hold it",
            "docs/store-redis.md: ACL SETUSER", "a command of Redis; FailureTest connects as such a user",
            "docs/store-cookie.md: proxy_buffer_size", "settings of nginx; BehindNginxTest runs with them",
            "docs/testing.md: schedule 2 fails:", "the message of a failure, with random ids in it");

    @Test
    void areListedWithTheReason() {
        assertThat(Documents.blocks(Kind.TEXT))
                .allSatisfy(block -> assertThat(NOT_READ.keySet())
                        .as("%s begins with %s", block, beginning(block))
                        .anyMatch(listed -> beginning(block).startsWith(listed)));
    }

    @Test
    void areThere() {
        List<String> beginnings =
                Documents.blocks(Kind.TEXT).map(TextBlocksTest::beginning).toList();
        assertThat(NOT_READ.keySet())
                .filteredOn(listed -> Files.exists(Documents.ROOT.resolve(listed.replaceAll(":.*", ""))))
                .allSatisfy(listed -> assertThat(beginnings).anyMatch(beginning -> beginning.startsWith(listed)));
    }

    private static String beginning(Block block) {
        return block.document() + ": " + block.text().strip().replaceAll("\\s+", " ");
    }
}
