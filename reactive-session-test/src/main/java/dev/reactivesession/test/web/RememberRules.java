package dev.reactivesession.test.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.test.web.TwoNodes.Answer;
import dev.reactivesession.test.web.TwoNodes.Browser;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The rules of sessions that are remembered. */
abstract class RememberRules {

    private static final Duration MONTH = Duration.ofDays(30);

    private static final Duration DAY = Duration.ofDays(1);

    private static final Duration HOUR = Duration.ofHours(1);

    /**
     * An engine over the back end under test.
     *
     * @return a builder, which the contract gives a clock
     */
    protected abstract SessionEngineBuilder engine();

    /**
     * The same on another node, over the same back end.
     *
     * @return a builder, which the contract gives a clock
     */
    protected abstract SessionEngineBuilder engineOfSecondNode();

    /**
     * Whether the server keeps records, rather than that a cookie holds the session itself.
     *
     * @return true unless overridden
     */
    protected boolean keepsRecords() {
        return true;
    }

    @Nested
    @DisplayName("12 remembered")
    class Remembered {

        private final TwoNodes nodes = new TwoNodes(engine(), engineOfSecondNode());

        private final Browser browser = nodes.browser();

        @BeforeEach
        void pages() {
            nodes.page("/sign-in", session -> {
                        session.login("alice");
                        session.remember(MONTH);
                    })
                    .page("/begin", session -> session.put("cart", "book"))
                    .page("/remember", session -> session.remember(MONTH))
                    .page("/forget", Session::forget)
                    .page("/rotate", Session::rotate)
                    .page("/clear", Session::clear)
                    .asking(
                            "/who",
                            (session, request) -> Mono.just(session.principal().orElse("nobody")))
                    .asking(
                            "/facts",
                            (session, request) -> Mono.just(session.remembered() + " " + session.idleTimeout() + " "
                                    + Duration.between(nodes.clock.instant(), session.expiresAt())));
        }

        @AfterEach
        void close() {
            nodes.close();
        }

        @Test
        @DisplayName("12.1 A remembered session outlives the usual deadlines, and ends at its own")
        void itEndsAtItsOwnDeadline() {
            Answer signedIn = browser.visit("/sign-in");
            browser.closeAndOpen();
            nodes.clock.advance(MONTH.minusMillis(1));

            assertThat(signedIn.maxAge()).isEqualTo(MONTH);
            assertThat(browser.visit("/who").body()).isEqualTo("alice");
            nodes.clock.advance(Duration.ofMillis(1));
            assertThat(browser.visit("/who").body()).isEqualTo("nobody");
        }

        @Test
        @DisplayName("12.2 To be used does not prolong it; its cookie goes out once a day, for the time that is left")
        void theCookieIsRenewedOnceADay() {
            browser.visit("/sign-in");
            for (int hour = 1; hour <= 50; hour++) {
                nodes.clock.advance(HOUR);
                Answer answer = browser.visit("/who");
                assertThat(answer.body()).as("after %d hours", hour).isEqualTo("alice");
                assertThat(answer.cookie() != null)
                        .as("a cookie after %d hours", hour)
                        .isEqualTo(hour % 24 == 0 || !keepsRecords());
                if (answer.cookie() != null) {
                    assertThat(answer.maxAge()).isEqualTo(MONTH.minusHours(hour));
                }
            }
            nodes.clock.advance(MONTH.minusHours(50));

            assertThat(browser.visit("/who").body()).isEqualTo("nobody");
        }

        @Test
        @DisplayName(
                "12.3 A session that is forgotten again has the usual deadlines from then on, and a cookie to match")
        void itIsForgottenAgain() {
            browser.visit("/sign-in");
            nodes.clock.advance(DAY.multipliedBy(5));

            assertThat(browser.visit("/forget").maxAge()).isNull();

            assertThat(browser.visit("/facts").body()).isEqualTo("Optional.empty PT30M PT30M");
            for (int visit = 1; visit < 36; visit++) {
                nodes.clock.advance(HOUR.dividedBy(3));
                assertThat(browser.visit("/who").body()).isEqualTo("alice");
            }
            nodes.clock.advance(HOUR.dividedBy(3));
            assertThat(browser.visit("/who").body()).isEqualTo("nobody");
        }

        @Test
        @DisplayName("12.4 A rotation keeps it, and so does clearing the attributes")
        void aRotationKeepsIt() {
            browser.visit("/sign-in");
            nodes.clock.advance(DAY);

            Answer rotated = browser.visit("/rotate");
            browser.visit("/clear");

            assertThat(rotated.maxAge()).isEqualTo(MONTH.minus(DAY));
            assertThat(browser.visit("/facts").body()).isEqualTo("Optional[PT720H] PT720H PT696H");
        }

        @Test
        @DisplayName("12.5 It is kept when another request saved first, and so is what that one saved")
        void aReplayKeepsIt() {
            nodes.asking("/slowly", (session, request) -> {
                        session.remember(MONTH);
                        return browser.visiting("/put").map(Answer::body);
                    })
                    .page("/put", session -> session.put("color", "green"))
                    .asking("/color", (session, request) -> Mono.just(session.getOrDefault("color", "none")));
            browser.visit("/begin");

            Answer slow = browser.visit("/slowly");

            assertThat(slow.maxAge()).isEqualTo(MONTH);
            assertThat(browser.visit("/facts").body()).isEqualTo("Optional[PT720H] PT720H PT720H");
            assertThat(browser.visit("/color").body()).isEqualTo(keepsRecords() ? "green" : "none");
        }

        @Test
        @DisplayName("12.6 To ask again counts from then, at most once a day")
        void toAskAgainCountsFromThen() {
            browser.visit("/begin");
            browser.visit("/remember");
            nodes.clock.advance(DAY.minusMillis(1));
            Answer tooEarly = browser.visit("/remember");
            nodes.clock.advance(Duration.ofMillis(1));

            Answer again = browser.visit("/remember");

            assertThat(tooEarly.cookie() == null).isEqualTo(keepsRecords());
            assertThat(again.maxAge()).isEqualTo(MONTH);
            assertThat(browser.visit("/facts").body()).isEqualTo("Optional[PT720H] PT720H PT720H");
        }

        @Test
        @DisplayName("12.7 A longer time than is allowed is refused by the name of the setting, and changes nothing")
        void tooLongIsRefused() {
            nodes.asking("/too-long", (session, request) -> {
                try {
                    session.remember(Duration.ofDays(400).plusMillis(1));
                    return Mono.just("remembered");
                } catch (SessionException.Misconfigured refused) {
                    return Mono.just(String.valueOf(refused.getMessage()));
                }
            });
            browser.visit("/begin");

            String refused = browser.visit("/too-long").body();

            assertThat(refused).contains("reactive-session.remember.max", "PT9600H0.001S", "PT1S to PT9600H");
            assertThat(browser.visit("/facts").body()).isEqualTo("Optional.empty PT30M PT30M");
        }

        @Test
        @DisplayName("12.8 A session that ends takes its cookie along, and the next one is not remembered")
        void itEnds() {
            nodes.page("/sign-out", Session::invalidate);
            browser.visit("/sign-in");

            browser.visit("/sign-out");

            assertThat(browser.hasCookie()).isFalse();
            assertThat(browser.visit("/begin").maxAge()).isNull();
            assertThat(browser.visit("/facts").body()).startsWith("Optional.empty");
        }
    }
}
