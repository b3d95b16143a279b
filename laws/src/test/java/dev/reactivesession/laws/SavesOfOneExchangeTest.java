package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.engine.LazySession;
import dev.reactivesession.test.HeldCall;
import dev.reactivesession.test.StoreOperation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

@DisplayName("Several saves of one exchange: nothing is forgotten in between, and nothing is stored twice")
class SavesOfOneExchangeTest {

    private static final Duration BRIEF = Duration.ofMinutes(5);

    private final Application application = new Application();

    private final DirectClient client = new DirectClient();

    private LazySession begun() {
        client.exchange(application.engine, session -> session.put("a", 1));
        application.forgetCalls();
        application.events.clear();
        return client.at(application.engine);
    }

    private static void assertSaveFails(Session session, Class<? extends SessionException> expected) {
        assertThatExceptionOfType(expected).isThrownBy(() -> session.save().block());
    }

    private Session stored() {
        return application.sessions().find(application.onlyId()).block();
    }

    @Test
    @DisplayName("A session that is not worth a record yet keeps what it was told")
    void aSessionWithoutContentForgetsNothing() {
        client.exchange(application.engine, session -> {
            session.idleTimeout(BRIEF);
            session.save().block();
            assertThat(application.calls()).isEmpty();
            session.put("a", 1);
        });

        assertThat(application.onlyRecord().idleTimeout()).isEqualTo(BRIEF);
        assertThat(client.given).hasSize(1);
    }

    @Test
    @DisplayName("A session that was started and only that has a record, and one that logged in")
    void startedOrLoggedInIsWorthARecord() {
        client.exchange(application.engine, Session::start);
        new DirectClient().exchange(application.engine, session -> session.login("alice"));
        new DirectClient().exchange(application.engine, Session::rotate);

        assertThat(application.calls()).containsExactly("insert", "insert");
    }

    @Test
    @DisplayName("A session whose first save had no answer and that ends then is deleted")
    void aSessionInDoubtIsEnded() {
        LazySession lazy = client.at(application.engine);
        Session session = DirectClient.loaded(lazy);
        session.put("a", 1);
        application.loseNextAnswer(StoreOperation.INSERT);
        assertSaveFails(session, SessionException.Unavailable.class);
        assertThat(application.records()).hasSize(1);

        session.invalidate();
        lazy.commit(false).block();

        assertThat(application.records()).isEmpty();
    }

    @Test
    @DisplayName("A session whose first save was refused and that ends then costs no more calls")
    void aRefusedSessionLeavesNothingToEnd() {
        LazySession lazy = client.at(application.engine);
        Session session = DirectClient.loaded(lazy);
        session.put("a", 1);
        application.refuseNext(StoreOperation.INSERT);
        assertSaveFails(session, SessionException.TooLarge.class);

        session.invalidate();
        lazy.commit(false).block();

        assertThat(application.calls()).containsExactly("insert");
    }

    @Test
    @DisplayName("A change that the store refused and that was taken back is no change")
    void aRefusedChangeTakenBackIsNoChange() {
        LazySession lazy = begun();
        Session session = DirectClient.loaded(lazy);
        session.put("a", 2);
        application.refuseNext(StoreOperation.UPDATE);
        assertSaveFails(session, SessionException.TooLarge.class);

        session.put("a", 1);
        lazy.commit(false).block();

        assertThat(application.calls()).containsExactly("find", "update");
        assertThat(stored().<Integer>get("a")).isEqualTo(1);
    }

    @Test
    @DisplayName("A change that the store refused is stored with the next one")
    void aRefusedChangeIsStoredWithTheNext() {
        LazySession lazy = begun();
        Session session = DirectClient.loaded(lazy);
        session.put("b", 2);
        session.login("alice");
        session.idleTimeout(BRIEF);
        application.refuseNext(StoreOperation.UPDATE);
        assertSaveFails(session, SessionException.TooLarge.class);
        assertThat(session.principal()).hasValue("alice");
        assertThat(session.idleTimeout()).isEqualTo(BRIEF);

        session.put("c", 3);
        lazy.commit(false).block();

        assertThat(stored().attributes()).containsOnlyKeys("a", "b", "c");
        assertThat(application.onlyRecord().principal()).isEqualTo("alice");
        assertThat(application.onlyRecord().idleTimeout()).isEqualTo(BRIEF);
        assertThat(client.given).hasSize(2);
    }

    @Test
    @DisplayName("A change that the store refused for a time is stored by the commit, though nothing else was changed")
    void aRefusedChangeIsStoredByTheCommit() {
        LazySession lazy = begun();
        Session session = DirectClient.loaded(lazy);
        session.put("a", 2);
        application.refuseNext(StoreOperation.UPDATE);
        assertSaveFails(session, SessionException.TooLarge.class);

        lazy.commit(false).block();

        assertThat(stored().<Integer>get("a")).isEqualTo(2);
    }

    @Test
    @DisplayName("A session that is too large, new or not, is an error that names its largest attributes")
    void aSessionThatIsTooLargeNamesItsAttributes() {
        application.refuseNext(StoreOperation.INSERT);
        assertThatExceptionOfType(SessionException.TooLarge.class)
                .isThrownBy(() -> client.exchange(application.engine, session -> session.put("first", "x".repeat(99))))
                .withMessageContaining("'first' 101 bytes");

        DirectClient.loaded(begun()).put("later", 1);
        application.refuseNext(StoreOperation.UPDATE);
        assertThatExceptionOfType(SessionException.TooLarge.class)
                .isThrownBy(() -> client.exchange(application.engine, session -> session.put("more", "x".repeat(99))))
                .withMessageContaining("'more' 101 bytes");
    }

    @Test
    @DisplayName(
            "A name of 256 characters is taken, and found in the live map; a longer one is refused and never there")
    void namesAtTheirBound() {
        String longest = "n".repeat(256);
        client.exchange(application.engine, session -> {
            session.put(longest, 1);
            assertThat(session.attributes()).containsKey(longest);
            assertThat(session.attributes().get(longest)).isEqualTo(1);
            assertThatExceptionOfType(SessionException.InvalidName.class)
                    .isThrownBy(() -> session.put(longest + "n", 1))
                    .withMessageContaining("256")
                    .withMessageContaining("257");
            assertThat(session.attributes().get(longest + "n")).isNull();
        });
    }

    @Test
    @DisplayName("What is in doubt is seen by the session, and what came after it has the last word")
    void whatIsInDoubtIsSeen() {
        LazySession lazy = begun();
        Session session = DirectClient.loaded(lazy);
        session.login("alice");
        session.idleTimeout(BRIEF);
        application.failNext(StoreOperation.UPDATE);
        assertSaveFails(session, SessionException.Unavailable.class);
        assertThat(session.principal()).hasValue("alice");
        assertThat(session.idleTimeout()).isEqualTo(BRIEF);

        session.login("bob");
        session.idleTimeout(BRIEF.multipliedBy(2));
        assertThat(session.principal()).hasValue("bob");
        assertThat(session.idleTimeout()).isEqualTo(BRIEF.multipliedBy(2));
        application.failNext(StoreOperation.UPDATE);
        assertSaveFails(session, SessionException.Unavailable.class);
        assertThat(session.principal()).hasValue("bob");
        lazy.commit(false).block();

        assertThat(application.onlyRecord().principal()).isEqualTo("bob");
        assertThat(application.onlyRecord().idleTimeout()).isEqualTo(BRIEF.multipliedBy(2));
    }

    @Test
    @DisplayName("A save that found its session gone is not tried again")
    void whatIsGoneIsNotTriedAgain() {
        LazySession lazy = begun();
        Session session = DirectClient.loaded(lazy);
        session.put("a", 2);
        application.sessions().terminate(session.id()).block();
        assertSaveFails(session, SessionException.Gone.class);
        application.forgetCalls();

        lazy.commit(false).block();

        assertThat(application.calls()).isEmpty();
        assertThat(application.records()).isEmpty();
    }

    @Test
    @DisplayName("An end that failed, or was cancelled, is tried again")
    void anEndIsTriedAgain() {
        LazySession failing = begun();
        DirectClient.loaded(failing).invalidate();
        application.failNext(StoreOperation.DELETE);
        assertSaveFails(DirectClient.loaded(failing), SessionException.Unavailable.class);
        failing.commit(false).block();
        assertThat(application.records()).isEmpty();

        LazySession cancelled = begun();
        DirectClient.loaded(cancelled).invalidate();
        application.hold(StoreOperation.DELETE);
        Disposable save = DirectClient.loaded(cancelled).save().subscribe();
        application.takeHeld();
        save.dispose();
        application.holdNothing();
        cancelled.commit(false).block();
        assertThat(application.records()).isEmpty();
    }

    @Test
    @DisplayName("The commit waits for a save that is under way, though nothing was changed since")
    void theCommitWaitsForASave() {
        LazySession lazy = begun();
        DirectClient.loaded(lazy).put("a", 2);
        application.hold(StoreOperation.UPDATE);
        CompletableFuture<Void> save = DirectClient.loaded(lazy).save().toFuture();
        HeldCall held = application.takeHeld();
        application.holdNothing();

        CompletableFuture<Void> commit = lazy.commit(false).toFuture();
        assertThat(commit).isNotDone();
        held.release();

        assertThat(commit).succeedsWithin(Served.PATIENCE);
        assertThat(save).isCompleted();
        assertThat(application.calls()).containsExactly("find", "update");
    }

    @Test
    @DisplayName("A token that no response can carry any more, once its record is stored, is a typed error")
    void aTokenThatComesTooLateIsAnError() {
        LazySession lazy = begun();
        DirectClient.loaded(lazy).rotate();
        application.hold(StoreOperation.UPDATE);
        CompletableFuture<Void> commit = lazy.commit(false).toFuture();
        HeldCall held = application.takeHeld();
        application.holdNothing();

        client.isAnswered();
        held.release();

        assertThat(commit)
                .failsWithin(Served.PATIENCE)
                .withThrowableThat()
                .withCauseInstanceOf(SessionException.Undeliverable.class);
        assertThat(client.given).hasSize(1);
    }

    @Test
    @DisplayName("Once no response can carry a token, beginning, rotating and remembering are errors that say why")
    void withoutAResponseNoTokenIsIssued() {
        DirectClient late = new DirectClient();
        late.isAnswered();
        assertUndeliverable(late, Session::start, "begins");

        begun();
        client.isAnswered();
        assertUndeliverable(client, Session::rotate, "rotates");
        assertUndeliverable(client, session -> session.remember(Duration.ofDays(1)), "remembered");
        assertThat(application.calls()).containsExactly("find", "find");
    }

    private void assertUndeliverable(DirectClient late, Consumer<Session> use, String why) {
        assertThatExceptionOfType(SessionException.Undeliverable.class)
                .isThrownBy(() -> late.exchange(application.engine, use))
                .withMessageContaining(why)
                .withMessageContaining("save()");
    }

    @Test
    @DisplayName("A life that ends while it is being stored is deleted, and the next one is a session of its own")
    void aLifeThatEndsWhileItIsStored() {
        LazySession lazy = client.at(application.engine);
        Session session = DirectClient.loaded(lazy);
        session.put("a", 1);
        application.hold(StoreOperation.INSERT);
        CompletableFuture<Void> save = session.save().toFuture();
        HeldCall held = application.takeHeld();
        application.holdNothing();
        session.invalidate();
        session.put("b", 2);
        held.release();
        assertThat(save).succeedsWithin(Served.PATIENCE);

        lazy.commit(false).block();

        assertThat(application.calls()).isEqualTo(List.of("insert", "delete", "insert"));
        assertThat(stored().attributes()).containsOnlyKeys("b");
        assertThat(stored().id()).isEqualTo(session.id());
    }
}
