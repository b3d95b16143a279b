package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.Session;
import dev.reactivesession.engine.LazySession;
import dev.reactivesession.engine.PrincipalSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A session belongs to the user that one of its attributes names")
class PrincipalAttributeTest {

    private static final String USER = "user";

    private final Application application = new Application(builder -> builder.principals(new ByAttribute()));

    private final DirectClient client = new DirectClient();

    private static final class ByAttribute implements PrincipalSource {

        @Override
        public boolean isHeldBy(String attribute) {
            return attribute.equals(USER);
        }

        @Override
        public Optional<String> principalOf(Object value) {
            return Optional.ofNullable((String) value).filter(name -> !name.equals("guest"));
        }
    }

    private String principal() {
        return application.onlyRecord().principal();
    }

    private void assertNoNewToken(Consumer<Session> use) {
        int before = client.given.size();
        client.exchange(application.engine, use);
        assertThat(client.given).hasSize(before);
    }

    private void assertNewToken(Consumer<Session> use) {
        int before = client.given.size();
        client.exchange(application.engine, use);
        assertThat(client.given).hasSize(before + 1);
    }

    @Test
    @DisplayName("To put it is a login, to put another is another, to remove it is a logout: each with a new token")
    void toPutItIsALogin() {
        assertNewToken(session -> session.put("cart", 1));
        assertNewToken(session -> {
            session.put(USER, "alice");
            assertThat(session.principal()).hasValue("alice");
        });
        assertThat(principal()).isEqualTo("alice");
        assertNewToken(session -> session.put(USER, "bob"));
        assertThat(principal()).isEqualTo("bob");
        assertNewToken(session -> session.remove(USER));
        assertThat(principal()).isNull();
    }

    @Test
    @DisplayName("To put the same user again, or one who is no user, changes no token")
    void theSameUserIsNoLogin() {
        client.exchange(application.engine, session -> session.put(USER, "alice"));
        assertNoNewToken(session -> session.put(USER, "alice"));
        assertNoNewToken(session -> session.compute(USER, user -> user));
        assertNewToken(session -> session.put(USER, "guest"));
        assertThat(principal()).isNull();
        assertNoNewToken(session -> session.remove(USER));
    }

    @Test
    @DisplayName("To remove it where it never was leaves a login as it is, and so does another attribute")
    void toRemoveNothingIsNoLogout() {
        client.exchange(application.engine, session -> session.login("alice"));

        assertNoNewToken(session -> {
            session.remove(USER);
            session.put("cart", 1);
            session.compute("cart", cart -> 2);
            session.clear();
        });

        assertThat(principal()).isEqualTo("alice");
    }

    @Test
    @DisplayName("To compute it is a login as well, and to clear everything a logout")
    void toComputeItIsALogin() {
        assertNewToken(session -> session.compute(USER, user -> "alice"));
        assertThat(principal()).isEqualTo("alice");
        assertNoNewToken(session ->
                assertThat(session.<String>computeIfAbsent(USER, () -> "bob")).isEqualTo("alice"));
        assertThat(principal()).isEqualTo("alice");
        assertNewToken(Session::clear);
        assertThat(principal()).isNull();
        assertNewToken(session ->
                assertThat(session.<String>computeIfAbsent(USER, () -> "bob")).isEqualTo("bob"));
        assertThat(principal()).isEqualTo("bob");
    }

    @Test
    @DisplayName("A default that is null is an error that names the attribute, and changes nothing")
    void aDefaultIsNeverNull() {
        assertThatThrownBy(() ->
                        client.exchange(application.engine, session -> session.computeIfAbsent("cart", () -> null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cart");
        assertThat(application.calls()).isEmpty();
    }

    @Test
    @DisplayName("A request whose token was replaced while it ran keeps its attributes, but not the user it named")
    void aReplacedRequestNamesNoUser() {
        client.exchange(application.engine, session -> session.put("cart", 1));
        DirectClient old = new DirectClient().presenting(client.given.get(0));
        LazySession late = old.at(application.engine);
        DirectClient.loaded(late).put(USER, "mallory");
        DirectClient.loaded(late).put("late", true);
        client.exchange(application.engine, session -> session.put(USER, "alice"));

        late.commit(false).block();

        assertThat(principal()).isEqualTo("alice");
        Session stored = application.sessions().find(application.onlyId()).block();
        assertThat(stored.attributes())
                .containsOnly(Map.entry("cart", 1), Map.entry(USER, "alice"), Map.entry("late", true));
        assertThat(old.given).isEmpty();
    }

    @Test
    @DisplayName("A request whose token was replaced and that only named a user stores nothing")
    void aReplacedRequestThatOnlyNamedAUserStoresNothing() {
        client.exchange(application.engine, session -> session.put("cart", 1));
        LazySession late = new DirectClient().presenting(client.given.get(0)).at(application.engine);
        DirectClient.loaded(late).put(USER, "mallory");
        client.exchange(application.engine, session -> session.put(USER, "alice"));
        long version = application.onlyRecord().version();

        late.commit(false).block();

        assertThat(application.onlyRecord().version()).isEqualTo(version);
        assertThat(principal()).isEqualTo("alice");
    }
}
