package dev.reactivesession.engine;

import dev.reactivesession.Session;
import dev.reactivesession.engine.SessionProbe.Step;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * The session of one exchange, loaded when it is first subscribed and never before. Concurrent subscribers share one load; when the last of them
 * cancels, or the load fails, nothing is remembered and the next subscriber tries again.
 */
public final class LazySession extends Mono<Session> {

    private final SessionEngine engine;

    private final TokenCarrier carrier;

    private volatile @Nullable WorkingSession loaded;

    private volatile @Nullable Mono<Session> loading;

    LazySession(SessionEngine engine, TokenCarrier carrier) {
        this.engine = engine;
        this.carrier = carrier;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Session> subscriber) {
        WorkingSession session = loaded;
        (session == null ? sharedLoad() : Mono.<Session>just(session)).subscribe(subscriber);
    }

    private Mono<Session> sharedLoad() {
        Mono<Session> current = loading;
        return current == null ? beginSharing() : current;
    }

    private synchronized Mono<Session> beginSharing() {
        Mono<Session> current = loading;
        if (current == null) {
            carrier.lookedAt();
            current = Mono.defer(this::load).flux().publish(1).refCount(1).next();
            loading = current;
        }
        return current;
    }

    private Mono<Session> load() {
        WorkingSession session = loaded;
        return session == null
                ? engine.probe()
                        .watch(Step.LOAD, engine.load(carrier))
                        .doOnNext(found -> loaded = found)
                        .cast(Session.class)
                : Mono.just(session);
    }

    /**
     * Stores what was done to the session, or records its use; does nothing when it was never asked for. Meant for the moment before the
     * response is committed.
     *
     * @param serverError whether the response is a 5xx
     * @return completes when stored
     */
    public Mono<Void> commit(boolean serverError) {
        return loaded == null ? Mono.empty() : engine.probe().watch(Step.COMMIT, commitLate(serverError));
    }

    /**
     * Stores what was done after the moment of {@link #commit}; usually that is nothing.
     *
     * @param serverError whether the response is a 5xx
     * @return completes when stored
     */
    public Mono<Void> commitLate(boolean serverError) {
        WorkingSession session = loaded;
        return session == null ? Mono.empty() : session.commit(serverError);
    }
}
