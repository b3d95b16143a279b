package dev.reactivesession.test.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import dev.reactivesession.test.web.TwoNodes.Answer;
import dev.reactivesession.test.web.TwoNodes.Browser;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The rules of values that are there for the next request that takes them. */
abstract class FlashRules extends RememberRules {

    private static final Attribute<List<String>> ERRORS = Attribute.listOf("errors", String.class);

    private static final String NOTICE = "notice";

    @Nested
    @DisplayName("13 flash values")
    class FlashValues {

        private final TwoNodes nodes = new TwoNodes(engine(), engineOfSecondNode());

        private final Browser browser = nodes.browser();

        @BeforeEach
        void pages() {
            nodes.page("/save", session -> session.flash(NOTICE, "saved"))
                    .page(
                            "/count",
                            session -> session.compute(
                                    "count", (@Nullable Integer count) -> count == null ? 1 : count + 1))
                    .page("/sign-in", session -> session.login("alice"))
                    .asking("/take", (session, request) -> taken(session))
                    .asking(
                            "/slowly",
                            (session, request) -> browser.visiting("/take")
                                    .flatMap(other -> taken(session).map(own -> other.body() + " " + own)));
        }

        @AfterEach
        void close() {
            nodes.close();
        }

        private Mono<String> taken(Session session) {
            return session.<String>takeFlash(NOTICE).defaultIfEmpty("none");
        }

        @Test
        @DisplayName("13.1 It is there for the next request that takes it, once")
        void itIsThereOnce() {
            browser.visit("/save");

            assertThat(browser.visit("/take").body()).isEqualTo("saved");
            assertThat(browser.visit("/take").body()).isEqualTo("none");
        }

        @Test
        @DisplayName("13.2 Requests that do not take it leave it, a login among them")
        void itWaits() {
            browser.visit("/save");
            browser.visit("/count");
            browser.visit("/sign-in");

            assertThat(browser.visit("/take").body()).isEqualTo("saved");
        }

        @Test
        @DisplayName("13.3 A request that finds that another took it first gets nothing")
        void theSecondGetsNothing() {
            browser.visit("/save");

            assertThat(browser.visit("/slowly").body()).isEqualTo(keepsRecords() ? "saved none" : "saved saved");
            assertThat(browser.visit("/take").body()).isEqualTo("none");
        }

        @Test
        @DisplayName("13.4 Of many requests at once exactly one gets it")
        void exactlyOneGetsIt() {
            browser.visit("/save");

            List<String> taken = Objects.requireNonNull(Flux.range(0, 12)
                    .flatMap(number -> browser.visiting("/take"), 12)
                    .map(Answer::body)
                    .collectList()
                    .block(TwoNodes.PATIENCE));

            assertThat(taken).hasSize(12);
            assertThat(taken).filteredOn("saved"::equals).hasSize(keepsRecords() ? 1 : 12);
        }

        @Test
        @DisplayName("13.5 A request that began before it was taken does not bring it back")
        void itStaysGone() {
            nodes.asking("/late", (session, request) -> {
                session.put("late", true);
                return browser.visiting("/take").map(Answer::body);
            });
            browser.visit("/save");

            assertThat(browser.visit("/late").body()).isEqualTo("saved");
            assertThat(browser.visit("/take").body()).isEqualTo(keepsRecords() ? "none" : "saved");
        }

        @Test
        @DisplayName(
                "13.6 One of a declared type comes back as that type; a later one takes its place, null removes it")
        void itHasAType() {
            nodes.page("/errors", session -> session.flash(ERRORS, List.of("name", "street")))
                    .page("/fewer", session -> session.flash(ERRORS, List.of("street")))
                    .page("/none", session -> session.flash(ERRORS, null))
                    .asking(
                            "/which",
                            (session, request) -> session.takeFlash(ERRORS)
                                    .map(errors -> String.join(",", errors))
                                    .defaultIfEmpty("none"));
            browser.visit("/errors");
            assertThat(browser.visit("/which").body()).isEqualTo("name,street");
            browser.visit("/errors");
            browser.visit("/fewer");
            assertThat(browser.visit("/which").body()).isEqualTo("street");
            browser.visit("/errors");
            browser.visit("/none");
            assertThat(browser.visit("/which").body()).isEqualTo("none");
        }

        @Test
        @DisplayName("13.7 It is no attribute: it has a name of its own, and the map does not show it")
        void itIsNoAttribute() {
            nodes.page("/both", session -> {
                        session.put(NOTICE, "an attribute");
                        session.flash(NOTICE, "saved");
                    })
                    .asking(
                            "/attributes",
                            (session, request) -> Mono.just(session.attributes().toString()));
            browser.visit("/both");

            assertThat(browser.visit("/attributes").body()).isEqualTo("[notice]");
            assertThat(browser.visit("/take").body()).isEqualTo("saved");
            assertThat(browser.visit("/attributes").body()).isEqualTo("[notice]");
        }
    }
}
