package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.reactivesession.Attribute;
import dev.reactivesession.ConflictPolicy;
import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionPolicies;
import dev.reactivesession.engine.LazySession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Law 9: how two changes of one attribute are brought together, as the attribute says")
class AttributeMergingTest {

    private static final Attribute<List<Integer>> LIST = Attribute.listOf("list", Integer.class);

    private static final Attribute<Map<String, Integer>> MAP = Attribute.mapOf("map", String.class, Integer.class);

    private final Application application = new Application();

    private final Application strict = new Application(
            builder -> builder.policies(SessionPolicies.defaults().withOnConflict(ConflictPolicy.REFUSE)));

    private final DirectClient client = new DirectClient();

    /** Both begin with the same; theirs is saved first. */
    private Session met(
            Application where, Consumer<Session> content, Consumer<Session> ours, Consumer<Session> theirs) {
        client.exchange(where.engine, content);
        LazySession lazy = client.at(where.engine);
        ours.accept(DirectClient.loaded(lazy));
        where.sessions().update(where.onlyId(), theirs).block();
        lazy.commit(false).block();
        return where.sessions().find(where.onlyId()).block();
    }

    private static Consumer<Session> adding(Attribute<List<Integer>> list, int element) {
        return session -> session.get(list).add(element);
    }

    private static void begun(Session session) {
        session.put(LIST, new ArrayList<>(List.of(1)));
        session.put(MAP, new HashMap<>(Map.of("a", 1, "b", 1)));
    }

    @Test
    @DisplayName("By element: one place that both set is a conflict, named by its path, and the rest is merged")
    void byElement() {
        Session stored = met(
                application,
                AttributeMergingTest::begun,
                session -> session.get(MAP).putAll(Map.of("a", 2, "ours", 1)),
                session -> session.get(MAP).putAll(Map.of("a", 3, "b", 2)));

        assertThat(stored.get(MAP)).isEqualTo(Map.of("a", 2, "b", 2, "ours", 1));
        assertThat(application.eventsOf(SessionEvent.Conflicted.class))
                .extracting(SessionEvent.Conflicted::attribute, SessionEvent.Conflicted::path)
                .containsExactly(tuple("map", "/a"));
    }

    @Test
    @DisplayName("By element, where a conflict is refused: the error names the place, and nothing is stored")
    void byElementRefused() {
        assertThatExceptionOfType(SessionException.Conflict.class)
                .isThrownBy(() -> met(
                        strict,
                        AttributeMergingTest::begun,
                        session -> session.get(MAP).putAll(Map.of("a", 2, "ours", 1)),
                        session -> session.get(MAP).put("a", 3)))
                .withMessageContaining("map")
                .withMessageContaining("/a");

        assertThat(strict.sessions().find(strict.onlyId()).block().get(MAP)).isEqualTo(Map.of("a", 3, "b", 1));
    }

    @Test
    @DisplayName("By element: two that made the same change are no conflict, also where it is refused")
    void theSameChangeIsNoConflict() {
        Session stored = met(
                strict,
                AttributeMergingTest::begun,
                session -> session.get(MAP).put("a", 2),
                session -> session.get(MAP).put("a", 2));

        assertThat(stored.get(MAP)).isEqualTo(Map.of("a", 2, "b", 1));
    }

    @Test
    @DisplayName("As a whole: two changes are a conflict of the attribute, and the later one wins")
    void asAWhole() {
        Session stored =
                met(application, AttributeMergingTest::begun, adding(LIST.whole(), 2), adding(LIST.whole(), 3));

        assertThat(stored.get(LIST)).containsExactly(1, 2);
        assertThat(application.eventsOf(SessionEvent.Conflicted.class))
                .extracting(SessionEvent.Conflicted::attribute, SessionEvent.Conflicted::path)
                .containsExactly(tuple("list", ""));
    }

    @Test
    @DisplayName("By a function of the application, which is given what both began with and what it became")
    void byAFunction() {
        Attribute<List<Integer>> summed =
                LIST.merging((base, ours, theirs) -> new ArrayList<>(List.of(base.size(), ours.size(), theirs.size())));
        Session stored = met(
                strict,
                AttributeMergingTest::begun,
                session -> session.get(summed).addAll(List.of(5, 6)),
                adding(LIST, 3));

        assertThat(stored.get(LIST)).containsExactly(1, 3, 2);
    }

    @Test
    @DisplayName("A function that gives nothing is an error that names the attribute, and nothing is stored")
    void aFunctionThatGivesNothing() {
        Attribute<List<Integer>> none = LIST.merging((base, ours, theirs) -> null);

        assertThatThrownBy(() -> met(application, AttributeMergingTest::begun, adding(none, 2), adding(LIST, 3)))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("list");
        assertThat(application.sessions().find(application.onlyId()).block().get(LIST))
                .containsExactly(1, 3);
    }

    @Test
    @DisplayName("One that was changed here and removed there is a conflict, and the later one wins")
    void removedThere() {
        Session stored =
                met(application, AttributeMergingTest::begun, adding(LIST, 2), session -> session.remove(LIST));

        assertThat(stored.get(LIST)).containsExactly(1, 2);
        assertThat(application.eventsOf(SessionEvent.Conflicted.class)).hasSize(1);
    }

    @Test
    @DisplayName("One that was removed here and changed there is a conflict, and the later one wins")
    void removedHere() {
        Session stored =
                met(application, AttributeMergingTest::begun, session -> session.remove(LIST), adding(LIST, 2));

        assertThat(stored.contains("list")).isFalse();
        assertThat(application.eventsOf(SessionEvent.Conflicted.class)).hasSize(1);
    }

    @Test
    @DisplayName("Another type put in its place there is a conflict of the whole")
    void anotherTypeThere() {
        Session stored = met(
                application,
                session -> session.put("value", new ArrayList<>(List.of(1))),
                session -> session.<List<Integer>>get("value").add(2),
                session -> session.put("value", "text"));

        assertThat(stored.<List<Integer>>get("value")).containsExactly(1, 2);
        assertThat(application.eventsOf(SessionEvent.Conflicted.class)).hasSize(1);
    }

    @Test
    @DisplayName("Of a request whose token was replaced the other side wins, at one place or as a whole")
    void ofAReplacedRequestTheOtherSideWins() {
        client.exchange(application.engine, session -> {
            begun(session);
            session.put("n", 1);
        });
        LazySession late = new DirectClient().presenting(client.given.get(0)).at(application.engine);
        DirectClient.loaded(late).get(MAP).putAll(Map.of("a", 2, "late", 1));
        DirectClient.loaded(late).put("n", 2);
        client.exchange(application.engine, session -> {
            session.rotate();
            session.get(MAP).put("a", 3);
            session.put("n", 3);
        });

        late.commit(false).block();

        Session stored = application.sessions().find(application.onlyId()).block();
        assertThat(stored.get(MAP)).isEqualTo(Map.of("a", 3, "b", 1, "late", 1));
        assertThat(stored.<Integer>get("n")).isEqualTo(3);
    }

    @Test
    @DisplayName("What the live map gives back is what java.util.Map says, before and after a change")
    void theLiveMapGivesBack() {
        client.exchange(application.engine, session -> {
            Map<String, Object> map = session.attributes();
            assertThat(map.put("a", 1)).isNull();
            assertThat(map.put("a", 2)).isEqualTo(1);
            assertThat(map.putIfAbsent("b", 1)).isNull();
            assertThat(map.putIfAbsent("b", 2)).isEqualTo(1);
            assertThat(map.computeIfAbsent("c", name -> 3)).isEqualTo(3);
            assertThat(map.computeIfAbsent("c", name -> 4)).isEqualTo(3);
            assertThat(map.computeIfPresent("c", (name, value) -> (Integer) value + 1))
                    .isEqualTo(4);
            assertThat(map.computeIfPresent("none", (name, value) -> 1)).isNull();
            assertThat(map.compute("c", (name, value) -> (Integer) value + 1)).isEqualTo(5);
            assertThat(map.merge("c", 10, (one, other) -> (Integer) one + (Integer) other))
                    .isEqualTo(15);
            assertThat(map.merge("d", 1, (one, other) -> 99)).isEqualTo(1);
            assertThat(map.replace("c", 15, 16)).isTrue();
            assertThat(map.replace("c", 15, 17)).isFalse();
            assertThat(map.remove("d", 2)).isFalse();
            assertThat(map.remove("d", 1)).isTrue();
            assertThat(map.remove(7)).isNull();
            assertThat(map.get(7)).isNull();
            assertThat(map.containsKey(7)).isFalse();
            assertThat(map).isEqualTo(Map.of("a", 2, "b", 1, "c", 16));
            assertThat(map).hasToString("[a, b, c]");
            assertThat(map.entrySet().iterator().next()).hasToString("a");
            map.clear();
            assertThat(map.isEmpty()).isTrue();
            assertThat(map).isEmpty();
        });
        assertThat(application.records()).isEmpty();
    }

    @Test
    @DisplayName("The entries of the live map change it, and an iterator removes what it gave last, once")
    void theEntriesOfTheLiveMap() {
        client.exchange(application.engine, session -> {
            session.put("a", 1);
            session.put("b", 2);
            var entries = session.attributes().entrySet().iterator();
            assertThatThrownBy(entries::remove).isInstanceOf(IllegalStateException.class);
            Map.Entry<String, Object> first = entries.next();
            assertThat(first).isEqualTo(Map.entry("a", 1)).hasSameHashCodeAs(Map.entry("a", 1));
            assertThat(first)
                    .isNotEqualTo(Map.entry("a", 2))
                    .isNotEqualTo(Map.entry("b", 1))
                    .isNotEqualTo("a");
            assertThat(first.setValue(5)).isEqualTo(1);
            assertThat(first.getValue()).isEqualTo(5);
            assertThat(entries.next().getKey()).isEqualTo("b");
            entries.remove();
            assertThatThrownBy(entries::remove).isInstanceOf(IllegalStateException.class);
            assertThat(entries.hasNext()).isFalse();
        });

        Session stored = application.sessions().find(application.onlyId()).block();
        assertThat(stored.attributes()).isEqualTo(Map.of("a", 5));
    }
}
