package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

@Order(Integer.MAX_VALUE)
@DisplayName("Law 22, over the whole run")
class TraceLogTest {

    @Test
    @DisplayName("The log of every test of this module, at TRACE, holds nothing that could be a token")
    void noTokenWasLogged() {
        new Application().visitorDoing(session -> session.put("a", 1)).visit();

        assertThat(TokenWatch.LINES).hasPositiveValue();
        assertThat(TokenWatch.FOUND).isEmpty();
    }

    @Test
    @DisplayName("No error of any test of this module was dropped, an assertion in a callback among them")
    void noErrorWasDropped() {
        assertThat(TokenWatch.DROPPED).isEmpty();
    }

    @Test
    @DisplayName("An error that is dropped is found")
    void aDroppedErrorIsFound() {
        Operators.onErrorDropped(new IllegalStateException("planted"), Context.empty());

        assertThat(TokenWatch.DROPPED).anyMatch(message -> message.contains("Dropped"));
        TokenWatch.DROPPED.clear();
    }

    @Test
    @DisplayName("A token that is logged is found")
    void aPlantedTokenIsFound() {
        String logger = "planted";

        LoggerFactory.getLogger(logger).trace("the token is {}", "A".repeat(64));

        assertThat(TokenWatch.FOUND).contains(logger);
        TokenWatch.FOUND.remove(logger);
    }
}
