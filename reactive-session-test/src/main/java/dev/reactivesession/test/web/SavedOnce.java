package dev.reactivesession.test.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionToken;
import dev.reactivesession.engine.LazySession;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.TokenCarrier;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.WriteName;
import dev.reactivesession.test.HeldCall;
import dev.reactivesession.test.StoreCall;
import dev.reactivesession.test.StoreOperation;
import dev.reactivesession.test.StoreProbe;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** One session over a store that misbehaves: its answers are lost, or its driver sends a command twice. */
final class SavedOnce {

    static final Attribute<Integer> COUNT = Attribute.of("count", Integer.class);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SessionEngine sound;

    private final SessionStore node;

    private final Client client = new Client();

    SavedOnce(SessionStore node, SessionStore other) {
        this.node = node;
        this.sound = SessionEngine.over(other).build();
    }

    /** Begins a session with a count of 0. */
    SavedOnce begun() {
        exchange(sound, session -> session.put(COUNT, 0));
        return this;
    }

    SessionEngine over(StoreProbe probe) {
        return SessionEngine.over(probe.store()).build();
    }

    StoreProbe probe() {
        return StoreProbe.around(node);
    }

    /** Sends the commands of one operation twice, and lets other requests save between the two. */
    SessionEngine sendingTwice(StoreOperation operation, int othersInBetween) {
        StoreProbe probe = probe();
        probe.sendTwice(operation, call -> othersSave(othersInBetween, call));
        return over(probe);
    }

    private void othersSave(int times, StoreCall call) {
        for (int each = 0; each < times; each++) {
            othersSave(call);
        }
    }

    private void othersSave(StoreCall call) {
        sound.sessions()
                .update(Objects.requireNonNull(call.id()), SavedOnce::addTen)
                .block(PATIENCE);
    }

    void othersSave(int times) {
        for (int each = 0; each < times; each++) {
            exchange(sound, SavedOnce::addTen);
        }
    }

    static void addOne(Session session) {
        session.compute(COUNT, count -> count == null ? 1 : count + 1);
    }

    private static void addTen(Session session) {
        session.compute(COUNT, count -> count == null ? 10 : count + 10);
    }

    void exchange(SessionEngine engine, Consumer<Session> use) {
        LazySession session = engine.session(client);
        use.accept(required(session.block(PATIENCE)));
        session.commit(false).block(PATIENCE);
    }

    /** Runs one exchange whose first explicit save fails, and which commits all the same. */
    void exchangeAfterAFailedSave(SessionEngine engine, Consumer<Session> use, Runnable between) {
        LazySession session = engine.session(client);
        Session loaded = required(session.block(PATIENCE));
        use.accept(loaded);
        Throwable error = loaded.save()
                .then(Mono.<Throwable>empty())
                .onErrorResume(Mono::just)
                .block(PATIENCE);
        assertThat(error).as("the answer was lost").isInstanceOf(SessionException.Unavailable.class);
        between.run();
        session.commit(false).block(PATIENCE);
    }

    /**
     * Runs one exchange that is cancelled while its save is applied and not answered, and is saved late as a server
     * does.
     */
    void exchangeThatIsLeft(StoreProbe probe, Consumer<Session> use) {
        LazySession session = over(probe).session(client);
        use.accept(required(session.block(PATIENCE)));
        probe.holdAnswers(StoreOperation.UPDATE);
        Disposable commit = session.commit(false).subscribe();
        HeldCall applied = probe.takeHeld();
        commit.dispose();
        probe.holdNothing();
        session.commitLate(false).block(PATIENCE);
        applied.release();
    }

    int count() {
        return read(session -> session.getOrDefault(COUNT, -1));
    }

    <T> T read(Function<Session, T> use) {
        Session session = required(sound.session(client).block(PATIENCE));
        assertThat(session).as("the token the client holds opens the session").matches(open -> !open.isNew());
        return use.apply(session);
    }

    SessionRecord record() {
        return required(node.find(read(Session::id)).block(PATIENCE));
    }

    private static <T> T required(@Nullable T value) {
        return Objects.requireNonNull(value, "a value");
    }

    int tokens() {
        return client.tokens.size();
    }

    static int remembered() {
        return WriteName.REMEMBERED;
    }

    /** Presents the token it got last. */
    private static final class Client implements TokenCarrier {

        private final List<SessionToken> tokens = new CopyOnWriteArrayList<>();

        @Override
        public List<SessionToken> presented() {
            return tokens.isEmpty() ? List.of() : List.of(tokens.get(tokens.size() - 1));
        }

        @Override
        public void lookedAt() {}

        @Override
        public boolean canDeliver() {
            return true;
        }

        @Override
        public void deliver(SessionToken token) {
            tokens.add(token);
        }

        @Override
        public void remove() {}
    }
}
