package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.engine.LazySession;
import dev.reactivesession.test.HeldCall;
import dev.reactivesession.test.StoreOperation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Values of one attribute in the hands of the application: each change through each of them is kept")
class AttributeReferencesTest {

    private static final Attribute<List<String>> LIST = Attribute.listOf("list", String.class);

    private static final Attribute<Set<Integer>> SET = Attribute.setOf("set", Integer.class);

    private final Application application = new Application();

    private final DirectClient client = new DirectClient();

    private LazySession begun(Consumer<Session> content) {
        client.exchange(application.engine, content);
        application.forgetCalls();
        return client.at(application.engine);
    }

    private LazySession withList(String... elements) {
        return begun(session -> session.put("list", new ArrayList<>(List.of(elements))));
    }

    private static List<String> list(Session session) {
        return session.get("list");
    }

    private void othersAdd(String element) {
        application
                .sessions()
                .update(application.onlyId(), other -> list(other).add(element))
                .block();
    }

    private Session stored() {
        return application.sessions().find(application.onlyId()).block();
    }

    @Test
    @DisplayName("A value is the same object however often it is asked for, also after a save")
    void aValueIsOneObject() {
        LazySession lazy = withList("a");
        Session session = DirectClient.loaded(lazy);
        List<String> list = list(session);
        List<String> declared = session.get(LIST);

        assertThat(list(session)).isSameAs(declared);
        assertThat(session.get(LIST)).isSameAs(declared).isNotSameAs(list);
        session.put("other", 1);
        session.save().block();
        assertThat(session.get(LIST)).isSameAs(declared);
        declared.add("b");
        session.save().block();
        assertThat(session.get(LIST)).isSameAs(declared);
        assertThat(stored().get(LIST)).containsExactly("a", "b");
    }

    @Test
    @DisplayName("What was changed in place is seen when it is read as another type, and both can be changed then")
    void readAsTwoTypes() {
        LazySession lazy = withList("a");
        Session session = DirectClient.loaded(lazy);
        List<String> first = list(session);
        first.add("b");
        List<String> second = session.get(LIST);
        assertThat(second).containsExactly("a", "b");

        first.add("c");
        second.add("d");
        lazy.commit(false).block();

        assertThat(stored().get(LIST)).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    @DisplayName("A change through the first of two is kept, though the second was read later and not changed")
    void aChangeThroughTheFirstOfTwo() {
        LazySession lazy = withList("a");
        Session session = DirectClient.loaded(lazy);
        List<String> first = list(session);
        assertThat(session.get(LIST)).containsExactly("a");

        first.add("b");
        lazy.commit(false).block();

        assertThat(stored().get(LIST)).containsExactly("a", "b");
    }

    @Test
    @DisplayName("A value that was read, changed and put back is merged like one that was not put back")
    void aValueThatIsPutBack() {
        LazySession lazy = withList("a");
        Session session = DirectClient.loaded(lazy);
        List<String> mine = list(session);
        mine.add("mine");
        session.put("list", mine);
        othersAdd("theirs");

        lazy.commit(false).block();

        assertThat(stored().get(LIST)).containsExactly("a", "theirs", "mine");
    }

    @Test
    @DisplayName("A value that is put back under its declaration is that value from then on")
    void aValueThatIsPutBackDeclared() {
        LazySession lazy = withList("a");
        Session session = DirectClient.loaded(lazy);
        List<String> mine = list(session);
        mine.add("mine");
        session.put(LIST, mine);
        assertThat(session.get(LIST)).isSameAs(mine);
        othersAdd("theirs");
        mine.add("more");

        lazy.commit(false).block();

        assertThat(stored().get(LIST)).containsExactly("a", "theirs", "mine", "more");
    }

    @Test
    @DisplayName("Another value that is put replaces the whole, whatever others added, and can be put again")
    void anotherValueReplacesTheWhole() {
        LazySession lazy = withList("a");
        Session session = DirectClient.loaded(lazy);
        List<String> whole = new ArrayList<>(List.of("x"));
        session.put("list", whole);
        whole.add("y");
        session.put("list", whole);
        othersAdd("theirs");

        lazy.commit(false).block();

        assertThat(stored().get(LIST)).containsExactly("x", "y");
    }

    @Test
    @DisplayName("A function on a value that was put is part of the put: it is not computed again")
    void aFunctionOnAPutIsPartOfIt() {
        LazySession lazy = begun(session -> session.put("n", 100));
        Session session = DirectClient.loaded(lazy);
        session.put("n", 1);
        session.<Integer>compute("n", n -> n + 1);
        application
                .sessions()
                .update(application.onlyId(), other -> other.put("n", 10))
                .block();

        lazy.commit(false).block();

        assertThat(stored().<Integer>get("n")).isEqualTo(2);
    }

    @Test
    @DisplayName("What was changed in place before and after a function is kept when another saved first")
    void changesBeforeAndAfterAFunction() {
        LazySession lazy = withList("a");
        Session session = DirectClient.loaded(lazy);
        list(session).add("before");
        session.<List<String>>compute("list", there -> {
            there.add("computed");
            return there;
        });
        list(session).add("after");
        othersAdd("theirs");

        lazy.commit(false).block();

        assertThat(stored().get(LIST)).containsExactlyInAnyOrder("a", "theirs", "before", "computed", "after");
    }

    @Test
    @DisplayName("Functions whose save was refused are computed again, each of them")
    void refusedFunctionsAreComputedAgain() {
        LazySession lazy = begun(session -> session.put("n", 0));
        Session session = DirectClient.loaded(lazy);
        session.<Integer>compute("n", n -> n + 1);
        application.refuseNext(StoreOperation.UPDATE);
        assertThatExceptionOfType(SessionException.TooLarge.class)
                .isThrownBy(() -> session.save().block());
        session.<Integer>compute("n", n -> n + 2);
        application
                .sessions()
                .update(application.onlyId(), other -> other.<Integer>compute("n", n -> n + 10))
                .block();

        lazy.commit(false).block();

        assertThat(stored().<Integer>get("n")).isEqualTo(13);
    }

    @Test
    @DisplayName("A value whose save was refused and that was put anew is stored as it was put last")
    void aRefusedValueIsPutAnew() {
        LazySession lazy = begun(session -> session.put("n", 0));
        Session session = DirectClient.loaded(lazy);
        session.<Integer>compute("n", n -> n + 1);
        application.refuseNext(StoreOperation.UPDATE);
        assertThatExceptionOfType(SessionException.TooLarge.class)
                .isThrownBy(() -> session.save().block());
        session.put("n", 5);
        application
                .sessions()
                .update(application.onlyId(), other -> other.put("n", 10))
                .block();

        lazy.commit(false).block();

        assertThat(stored().<Integer>get("n")).isEqualTo(5);
    }

    @Test
    @DisplayName("After a save that met another the value is read anew; changes through old and new are kept")
    void oldAndNewReferences() {
        LazySession lazy = withList("a");
        Session session = DirectClient.loaded(lazy);
        List<String> old = list(session);
        old.add("mine");
        othersAdd("theirs");
        session.save().block();
        assertThat(list(session)).containsExactly("a", "theirs", "mine");

        old.add("by the old");
        list(session).add("by the new");
        lazy.commit(false).block();

        assertThat(stored().get(LIST)).containsExactlyInAnyOrder("a", "theirs", "mine", "by the old", "by the new");
    }

    @Test
    @DisplayName("What is changed in place while a save is under way that meets another is kept")
    void aChangeDuringASave() {
        duringASaveThatMeetsAnother(session -> list(session).add("during"));

        assertThat(stored().get(LIST)).containsExactlyInAnyOrder("a", "mine", "theirs", "during");
    }

    @Test
    @DisplayName("What is put while a save is under way that meets another is what is stored in the end")
    void aPutDuringASave() {
        duringASaveThatMeetsAnother(session -> session.put("list", new ArrayList<>(List.of("put"))));

        assertThat(stored().get(LIST)).containsExactly("put");
    }

    private void duringASaveThatMeetsAnother(Consumer<Session> change) {
        LazySession lazy = withList("a");
        Session session = DirectClient.loaded(lazy);
        list(session).add("mine");
        othersAdd("theirs");
        application.hold(StoreOperation.UPDATE);
        CompletableFuture<Void> save = session.save().toFuture();
        HeldCall held = application.takeHeld();
        application.holdNothing();
        change.accept(session);
        held.release();
        assertThat(save).succeedsWithin(Served.PATIENCE);

        lazy.commit(false).block();
    }

    @Test
    @DisplayName("A set without an order that is put again is no change, in whichever order it walks; declared or not")
    void anEqualSetIsNoChange() {
        LazySession lazy = begun(session -> {
            session.put(SET, walking(0, 16));
            session.put("bare", walking(0, 16));
        });
        Session session = DirectClient.loaded(lazy);

        session.put(SET, walking(16, 0));
        session.put("bare", walking(16, 0));
        lazy.commit(false).block();

        assertThat(application.calls()).containsExactly("find");
    }

    /** Both numbers fall into the same bucket, so the set walks them as they were added. */
    private static Set<Integer> walking(int first, int second) {
        Set<Integer> set = new HashSet<>();
        set.add(first);
        set.add(second);
        assertThat(new ArrayList<>(set)).containsExactly(first, second);
        return set;
    }

    @Test
    @DisplayName("A value that is stored without a declaration and put again under one is no change")
    void anEqualValueUnderADeclarationIsNoChange() {
        LazySession lazy = begun(session -> session.put("n", 5L));

        DirectClient.loaded(lazy).put(Attribute.of("n", Long.class), 5L);
        lazy.commit(false).block();

        assertThat(application.calls()).containsExactly("find");
    }

    @Test
    @DisplayName("The live map leaves out what cannot be read, until something is put in its place")
    void theLiveMapLeavesOutWhatCannotBeRead() {
        begun(session -> {
            session.put("good", "g");
            session.put("bad", 5L);
        });
        application.replacePayload(application.payload().replace("\"Long\"", "\"Lung\""));

        client.exchange(application.engine, session -> {
            assertThat(session.contains("bad")).isTrue();
            assertThat(session.attributes().keySet()).containsExactly("good");
            assertThat(session.attributes()).hasSize(1).doesNotContainKey("bad");
            session.put("bad", "mended");
            assertThat(session.attributes()).containsOnly(Map.entry("good", "g"), Map.entry("bad", "mended"));
            session.remove("good");
            assertThat(session.attributes()).containsOnlyKeys("bad");
        });

        assertThat(stored().attributes()).containsOnly(Map.entry("bad", "mended"));
    }
}
