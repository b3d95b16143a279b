package dev.reactivesession.test.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.OriginPart;
import dev.reactivesession.Session;
import dev.reactivesession.SessionOrigin;
import dev.reactivesession.SessionOrigins;
import dev.reactivesession.test.web.TwoNodes.Browser;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The rules of where sessions are used from. */
abstract class OriginContractRules extends FlashRules {

    private static final Duration TOUCH = Duration.ofMinutes(1);

    @Nested
    @DisplayName("14 origin")
    class Origin {

        private TwoNodes nodes = noting(Set.of(OriginPart.ADDRESS, OriginPart.AGENT));

        private Browser browser = nodes.browser();

        private TwoNodes noting(Set<OriginPart> parts) {
            return new TwoNodes(engine().origin(parts), engineOfSecondNode().origin(parts))
                    .page("/begin", session -> session.put("cart", "book"))
                    .page("/sign-in", session -> session.login("alice"))
                    .page("/clear", Session::clear)
                    .asking("/read", (session, request) -> Mono.just(session.getOrDefault("cart", "none")))
                    .asking(
                            "/origins",
                            (session, request) -> Mono.just(
                                    session.origins().map(Origin::text).orElse("unknown")));
        }

        private void start(OriginPart... parts) {
            nodes.close();
            nodes = noting(Set.of(parts));
            browser = nodes.browser();
        }

        private static String text(SessionOrigins origins) {
            return text(origins.created()) + "; "
                    + (origins.loggedIn() == null ? "nobody" : text(origins.loggedIn())) + "; "
                    + text(origins.lastUsed());
        }

        private static String text(SessionOrigin origin) {
            return origin.address() + " " + origin.agent();
        }

        @AfterEach
        void close() {
            nodes.close();
        }

        @Test
        @DisplayName("14.1 The address and the agent of the beginning, of the login and of the last use are noted")
        void allThreeAreNoted() {
            browser.moveTo("198.51.100.7", "One").visit("/begin");
            nodes.clock.advance(TOUCH);
            browser.moveTo("203.0.113.9", "Two").visit("/sign-in");
            nodes.clock.advance(TOUCH);
            browser.moveTo("2001:db8::1", "Three").visit("/read");

            assertThat(browser.visit("/origins").body())
                    .isEqualTo("198.51.100.7 One; 203.0.113.9 Two; 2001:db8::1 Three");
        }

        @Test
        @DisplayName("14.2 Shortened, an address is that of a network")
        void itIsShortened() {
            start(OriginPart.SHORT_ADDRESS);
            browser.moveTo("198.51.100.7", "One").visit("/begin");
            nodes.clock.advance(TOUCH);
            browser.moveTo("2001:db8:1:2:3:4:5:6", "One").visit("/read");

            assertThat(browser.visit("/origins").body())
                    .isEqualTo("198.51.100.0 null; nobody; 2001:db8:1:0:0:0:0:0 null");
        }

        @Test
        @DisplayName("14.3 Nothing is noted unless asked for")
        void nothingIsNoted() {
            start();
            browser.visit("/begin");

            assertThat(browser.visit("/origins").body()).isEqualTo("unknown");
        }

        @Test
        @DisplayName("14.4 A use from another place is let in like any other, and clearing leaves the notes")
        void itPinsNobody() {
            browser.moveTo("198.51.100.7", "One").visit("/begin");
            nodes.clock.advance(TOUCH);

            assertThat(browser.moveTo("203.0.113.9", "Two").visit("/read").body())
                    .isEqualTo("book");
            browser.visit("/clear");
            assertThat(browser.visit("/origins").body()).startsWith("198.51.100.7 One; nobody; 203.0.113.9 Two");
        }
    }
}
