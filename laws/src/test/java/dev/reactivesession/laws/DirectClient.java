package dev.reactivesession.laws;

import dev.reactivesession.Session;
import dev.reactivesession.SessionToken;
import dev.reactivesession.engine.LazySession;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.TokenCarrier;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A client of an engine, without a web server in between. It keeps the last token it was given. */
final class DirectClient implements TokenCarrier {

    final List<SessionToken> given = new CopyOnWriteArrayList<>();

    private volatile List<SessionToken> presented = List.of();

    private volatile boolean reachable = true;

    /** From here on no response can carry a token any more. */
    void isAnswered() {
        reachable = false;
    }

    LazySession at(SessionEngine engine) {
        return engine.session(this);
    }

    static Session loaded(LazySession lazy) {
        return Objects.requireNonNull(lazy.block(), "a session");
    }

    /** One exchange that does this to its session. */
    DirectClient exchange(SessionEngine engine, Consumer<Session> use) {
        LazySession lazy = at(engine);
        use.accept(loaded(lazy));
        lazy.commit(false).block();
        return this;
    }

    DirectClient presenting(SessionToken... tokens) {
        presented = List.of(tokens);
        return this;
    }

    @Override
    public List<SessionToken> presented() {
        return presented;
    }

    @Override
    public void lookedAt() {}

    @Override
    public boolean canDeliver() {
        return reachable;
    }

    @Override
    public void deliver(SessionToken token) {
        given.add(token);
        presented = List.of(token);
    }

    @Override
    public void deliver(SessionToken token, Duration remembered) {
        deliver(token);
    }

    @Override
    public void remove() {
        presented = List.of();
    }
}
