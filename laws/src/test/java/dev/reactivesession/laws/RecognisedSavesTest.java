package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionLimits.Renewal;
import dev.reactivesession.SessionToken;
import dev.reactivesession.engine.LazySession;
import dev.reactivesession.test.StoreOperation;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Law 26: a save whose answer was lost is recognised, and a replay does what is left")
class RecognisedSavesTest {

    private static final Duration EVERY = Duration.ofMinutes(10);

    private final Application application = new Application();

    private final Application renewing = new Application(builder ->
            builder.limits(SessionLimits.defaults().withRenewal(new Renewal(EVERY, Duration.ofSeconds(60)))));

    private final DirectClient client = new DirectClient();

    private LazySession begun() {
        client.exchange(application.engine, session -> session.put("count", 1));
        application.forgetCalls();
        return client.at(application.engine);
    }

    private static void addOne(Session session) {
        session.<Integer>compute("count", count -> count == null ? 1 : count + 1);
    }

    private void assertAnswerLost(LazySession lazy, StoreOperation operation, Consumer<Session> use) {
        Session session = DirectClient.loaded(lazy);
        use.accept(session);
        application.loseNextAnswer(operation);
        assertThatExceptionOfType(SessionException.Unavailable.class)
                .isThrownBy(() -> session.save().block());
    }

    private <T> T read(Function<Session, T> question) {
        Session session = DirectClient.loaded(client.at(application.engine));
        assertThat(session.isNew()).as("the token of the client opens nothing").isFalse();
        return question.apply(session);
    }

    @Test
    @DisplayName("A first save is found again: one session, and its client gets a token that opens it")
    void aFirstSaveIsFoundAgain() {
        LazySession lazy = client.at(application.engine);
        assertAnswerLost(lazy, StoreOperation.INSERT, RecognisedSavesTest::addOne);
        assertThat(client.given).isEmpty();

        lazy.commit(false).block();

        assertThat(client.given).hasSize(1);
        assertThat(this.<Integer>read(session -> session.get("count"))).isEqualTo(1);
        assertThat(application.records()).hasSize(1);
    }

    @Test
    @DisplayName("A first save is found again with what was changed after it")
    void aFirstSaveIsFoundAgainWithMore() {
        LazySession lazy = client.at(application.engine);
        assertAnswerLost(lazy, StoreOperation.INSERT, RecognisedSavesTest::addOne);

        addOne(DirectClient.loaded(lazy));
        DirectClient.loaded(lazy).login("alice");
        lazy.commit(false).block();

        assertThat(this.<Integer>read(session -> session.get("count"))).isEqualTo(2);
        assertThat(application.onlyRecord().principal()).isEqualTo("alice");
    }

    @Test
    @DisplayName("A save is found again, and is not made twice, whoever saved in between")
    void aSaveIsFoundAgain() {
        LazySession lazy = begun();
        assertAnswerLost(lazy, StoreOperation.UPDATE, RecognisedSavesTest::addOne);
        lazy.commit(false).block();
        assertThat(this.<Integer>read(session -> session.get("count"))).isEqualTo(2);

        LazySession overtaken = begunAgain();
        assertAnswerLost(overtaken, StoreOperation.UPDATE, RecognisedSavesTest::addOne);
        application
                .sessions()
                .update(application.onlyId(), RecognisedSavesTest::addOne)
                .block();
        addOne(DirectClient.loaded(overtaken));
        overtaken.commit(false).block();
        assertThat(this.<Integer>read(session -> session.get("count"))).isEqualTo(5);
    }

    private LazySession begunAgain() {
        application.forgetCalls();
        return client.at(application.engine);
    }

    @Test
    @DisplayName("A save that was found again is no replay, and the session knows the record that is there")
    void whatIsFoundAgainIsKnown() {
        LazySession lazy = begun();
        assertAnswerLost(lazy, StoreOperation.UPDATE, session -> session.put("b", 2));
        lazy.commit(false).block();
        assertThat(application.calls()).containsExactly("find", "update", "update", "find");
        assertThat(application.eventsOf(SessionEvent.Replayed.class)).isEmpty();

        application.forgetCalls();
        DirectClient.loaded(lazy).put("c", 3);
        lazy.commit(false).block();
        assertThat(application.calls()).containsExactly("update");
    }

    @Test
    @DisplayName("A login is found again, and its client gets a token that opens; the one before is dead")
    void aLoginIsFoundAgain() {
        LazySession lazy = begun();
        SessionToken before = client.given.get(0);
        assertAnswerLost(lazy, StoreOperation.UPDATE, session -> session.login("alice"));

        lazy.commit(false).block();

        assertThat(this.<Object>read(Session::principal)).hasToString("Optional[alice]");
        assertThat(client.given).hasSize(2);
        new DirectClient()
                .presenting(before)
                .exchange(
                        application.engine,
                        session -> assertThat(session.isNew()).isTrue());
    }

    @Test
    @DisplayName("A rotation that met another save is done all the same")
    void aRotationIsReplayed() {
        LazySession lazy = begun();
        SessionToken before = client.given.get(0);
        DirectClient.loaded(lazy).rotate();
        application
                .sessions()
                .update(application.onlyId(), RecognisedSavesTest::addOne)
                .block();

        lazy.commit(false).block();

        assertThat(client.given).hasSize(2);
        assertThat(this.<Integer>read(session -> session.get("count"))).isEqualTo(2);
        new DirectClient()
                .presenting(before)
                .exchange(
                        application.engine,
                        session -> assertThat(session.isNew()).isTrue());
    }

    @Test
    @DisplayName("An idle timeout that met another save is stored all the same, and that of the other stays")
    void anIdleTimeoutIsReplayed() {
        LazySession lazy = begun();
        DirectClient.loaded(lazy).idleTimeout(EVERY);
        application
                .sessions()
                .update(application.onlyId(), RecognisedSavesTest::addOne)
                .block();
        lazy.commit(false).block();
        assertThat(application.onlyRecord().idleTimeout()).isEqualTo(EVERY);

        LazySession other = begunAgain();
        addOne(DirectClient.loaded(other));
        application
                .sessions()
                .update(application.onlyId(), there -> there.idleTimeout(EVERY.multipliedBy(2)))
                .block();
        other.commit(false).block();
        assertThat(application.onlyRecord().idleTimeout()).isEqualTo(EVERY.multipliedBy(2));
    }

    @Test
    @DisplayName("A renewal that met another has nothing left to do")
    void aRenewalThatMetAnother() {
        client.exchange(renewing.engine, session -> session.put("a", 1));
        renewing.clock.advance(EVERY);
        LazySession late = new DirectClient().presenting(client.given.get(0)).at(renewing.engine);
        assertThat(DirectClient.loaded(late).isNew()).isFalse();
        client.exchange(renewing.engine, Session::isNew);
        renewing.forgetCalls();

        late.commit(false).block();

        assertThat(renewing.calls()).containsExactly("update", "find");
        assertThat(client.given).hasSize(2);
    }
}
