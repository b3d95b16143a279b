package dev.reactivesession.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EveryBlockTest {

    static Stream<Block> blocks() {
        return Documents.blocks();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void saysWhatKindItIsSoThatATestTakesIt(Block block) {
        assertThatCode(() -> Kind.named(block.language()))
                .as("%s begins with ```%s, which is none of Kind", block, block.language())
                .doesNotThrowAnyException();
    }

    @Test
    void isFoundInEveryDocumentThatHasAFence() {
        assertThat(Documents.all().filter(document -> Documents.text(document).contains("\n```")))
                .map(Documents::name)
                .contains(
                        "README.md",
                        "demo/README.md",
                        "docs/quick-start.md",
                        "docs/tiered.md",
                        "reactive-session-redis/README.md")
                .allSatisfy(name ->
                        assertThat(Documents.blocks().map(Block::document)).contains(name));
    }

    @Test
    void isClosed() {
        assertThat(Documents.all())
                .allSatisfy(document -> assertThat(Documents.prose(document)).doesNotContain("```"));
    }
}
