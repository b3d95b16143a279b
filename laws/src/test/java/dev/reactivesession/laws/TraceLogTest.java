package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

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
    @DisplayName("A token that is logged is found")
    void aPlantedTokenIsFound() {
        String logger = "planted";

        LoggerFactory.getLogger(logger).trace("the token is {}", "A".repeat(64));

        assertThat(TokenWatch.FOUND).contains(logger);
        TokenWatch.FOUND.remove(logger);
    }
}
