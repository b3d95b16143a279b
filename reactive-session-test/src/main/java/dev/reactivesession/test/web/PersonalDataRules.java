package dev.reactivesession.test.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.Sessions;
import dev.reactivesession.test.web.TwoNodes.Browser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules of the data that is kept about a user, and of users who act as others. */
abstract class PersonalDataRules extends ChangedClassRules {

    private static final String CURIOUS = "al\"i\\ce\u00e9\ud83d\ude00";

    /** Back ends keep the records of other tests. */
    private final String nobodyElse = UUID.randomUUID().toString();

    private final String bob = "bob " + nobodyElse;

    private final String curious = CURIOUS + nobodyElse;

    @Nested
    @DisplayName("16 personal data")
    class PersonalData {

        private final TwoNodes nodes = new TwoNodes(engine(), engineOfSecondNode());

        private final Browser browser = nodes.browser();

        @BeforeEach
        void pages() {
            nodes.page("/sign-in", session -> session.login(curious))
                    .page("/bob", session -> session.login(bob))
                    .page("/cart", session -> {
                        session.put("cart", Map.of("pen", List.of(1, 2)));
                        session.flash("notice", "saved");
                    })
                    .asking(
                            "/read",
                            (session, request) -> Mono.just(
                                    session.getOrDefault("cart", Map.of()).toString()));
        }

        @AfterEach
        void close() {
            nodes.close();
        }

        private Sessions sessions(int node) {
            return nodes.engines.get(node).sessions();
        }

        private List<String> exported(int node, String user) {
            return Objects.requireNonNull(
                    sessions(node).export(user).collectList().block(TwoNodes.PATIENCE));
        }

        @Test
        @DisplayName(
                "16.1 All that is kept about a user is exported as JSON, from any node; from sealed cookies nothing")
        void itIsExported() {
            browser.visit("/sign-in");
            browser.visit("/cart");
            nodes.browser().visit("/bob");
            if (!keepsRecords()) {
                assertThatThrownBy(() -> exported(0, curious))
                        .isInstanceOf(SessionException.Misconfigured.class)
                        .hasMessageContaining("be exported");
                return;
            }

            List<String> exported = exported(1, curious);

            assertThat(exported).hasSize(1).isEqualTo(exported(0, curious));
            JsonNode json = new JsonMapper().readTree(exported.get(0));
            assertThat(json.path("principal").asString()).isEqualTo(curious);
            assertThat(json.path("createdAt").asString())
                    .isEqualTo(nodes.clock.instant().toString());
            assertThat(json.path("attributes").path("_flash.notice").asString()).isEqualTo("saved");
            assertThat(json.path("attributes").path("cart").toString())
                    .contains("pen")
                    .contains("1,2");
        }

        @Test
        @DisplayName("16.2 To end the sessions of a user deletes all of it, and nothing else")
        void itIsDeleted() {
            browser.visit("/sign-in");
            browser.visit("/cart");
            Browser other = nodes.browser();
            other.visit("/bob");
            other.visit("/cart");
            if (!keepsRecords()) {
                assertThatThrownBy(() -> sessions(0).terminateAll(curious).block(TwoNodes.PATIENCE))
                        .isInstanceOf(SessionException.Misconfigured.class)
                        .hasMessageContaining("reactive-session.sealed.revocation");
                return;
            }

            assertThat(sessions(1).terminateAll(curious).block(TwoNodes.PATIENCE))
                    .isEqualTo(1);

            assertThat(exported(0, curious)).isEmpty();
            assertThat(browser.visit("/read").body()).isEqualTo("{}");
            assertThat(exported(0, bob)).hasSize(1);
        }
    }

    @Nested
    @DisplayName("17 acting as another user")
    class Acting {

        private final List<SessionEvent.Impersonated> events = new ArrayList<>();

        private final TwoNodes nodes = new TwoNodes(
                engine().listener(this::noted), engineOfSecondNode().listener(this::noted));

        private final Browser browser = nodes.browser();

        private synchronized void noted(SessionEvent event) {
            if (event instanceof SessionEvent.Impersonated impersonated) {
                events.add(impersonated);
            }
        }

        private synchronized List<String> names() {
            return events.stream()
                    .map(event -> event.actor() + " as " + event.principal())
                    .toList();
        }

        @BeforeEach
        void pages() {
            nodes.page("/sign-in", session -> session.login("alice"))
                    .page("/bob", session -> session.actAs(bob))
                    .page("/carol", session -> session.actAs("carol"))
                    .page("/back", session -> session.login(session.actor().orElseThrow()))
                    .page("/clear", Session::clear)
                    .page("/leave", Session::logout)
                    .asking("/try", (session, request) -> Mono.fromSupplier(() -> refusal(session)))
                    .asking(
                            "/who",
                            (session, request) -> Mono.just(session.actor().orElse("nobody") + " as "
                                    + session.principal().orElse("nobody")));
        }

        private static String refusal(Session session) {
            try {
                session.actAs("anybody");
                return "done";
            } catch (IllegalStateException nobody) {
                return "refused";
            }
        }

        @AfterEach
        void close() {
            nodes.close();
        }

        @Test
        @DisplayName("17.1 Both names are in the session and in the event, until the actor leads back")
        void bothNamesAreKept() {
            browser.visit("/sign-in");
            assertThat(browser.visit("/who").body()).isEqualTo("nobody as alice");

            browser.visit("/bob");
            assertThat(browser.visit("/who").body()).isEqualTo("alice as " + bob);
            browser.visit("/clear");
            browser.visit("/carol");
            assertThat(browser.visit("/who").body()).isEqualTo("alice as carol");
            assertThat(names()).containsExactly("alice as " + bob, "alice as carol");

            browser.visit("/back");
            assertThat(browser.visit("/who").body()).isEqualTo("nobody as alice");
            assertThat(names()).hasSize(2);
        }

        @Test
        @DisplayName("17.2 It rotates the token, and a logout forgets the actor")
        void itRotates() {
            browser.visit("/sign-in");

            assertThat(browser.visit("/bob").cookie()).isNotNull();
            browser.visit("/leave");

            assertThat(browser.visit("/who").body()).isEqualTo("nobody as nobody");
        }

        @Test
        @DisplayName("17.3 Where nobody is logged in, nobody acts")
        void somebodyMustBeLoggedIn() {
            assertThat(browser.visit("/try").body()).isEqualTo("refused");
        }

        @Test
        @DisplayName("17.4 It is found as a session of the other user, with the actor in it")
        void itIsFound() {
            browser.visit("/sign-in");
            browser.visit("/bob");
            Sessions sessions = nodes.engines.get(1).sessions();
            Flux<String> actors =
                    sessions.findByPrincipal(bob).map(session -> session.actor().orElse("nobody"));
            if (!keepsRecords()) {
                assertThatThrownBy(actors::blockLast).isInstanceOf(SessionException.Misconfigured.class);
                return;
            }

            assertThat(actors.collectList().block(TwoNodes.PATIENCE)).containsExactly("alice");
        }
    }
}
