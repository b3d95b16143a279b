package dev.reactivesession.engine;

import dev.reactivesession.Session;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The session of one exchange, loaded when it is first subscribed and never before. Concurrent subscribers share one
 * load; when the last of them cancels, or the load fails, nothing is remembered and the next subscriber tries again.
 */
public final class LazySession extends Mono<Session> {

    private static final AtomicReferenceFieldUpdater<LazySession, @Nullable SharedLoad> LOADING =
            AtomicReferenceFieldUpdater.newUpdater(LazySession.class, SharedLoad.class, "loading");

    private final SessionLoader loader;

    private final TokenCarrier carrier;

    private volatile @Nullable SharedLoad loading;

    private volatile @Nullable WorkingSession loaded;

    private boolean lookedAt;

    LazySession(SessionLoader loader, TokenCarrier carrier) {
        this.loader = loader;
        this.carrier = carrier;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Session> subscriber) {
        WorkingSession session = loaded;
        if (session != null) {
            subscriber.onSubscribe(Operators.scalarSubscription(subscriber, session));
        } else {
            LoadSubscriber waiting = new LoadSubscriber(subscriber);
            subscriber.onSubscribe(waiting);
            serve(waiting, subscriber.currentContext());
        }
    }

    private void serve(LoadSubscriber waiting, Context context) {
        boolean served = waiting.isDone();
        while (!served) {
            WorkingSession session = loaded;
            if (session != null) {
                waiting.succeed(session);
                return;
            }
            SharedLoad underWay = loading;
            served = underWay == null ? isBegun(waiting, context) : waiting.isWaitingFor(underWay);
        }
    }

    private boolean isBegun(LoadSubscriber waiting, Context context) {
        SharedLoad load = new Load(context);
        if (!LOADING.compareAndSet(this, null, load)) {
            return false;
        }
        boolean begins = loaded == null && waiting.isWaitingFor(load);
        if (begins) {
            // one load for all who wait: it belongs to none of them, and ends with the last
            load().subscribe(load);
        } else {
            load.ended();
        }
        return begins;
    }

    private Mono<WorkingSession> load() {
        if (!lookedAt) {
            lookedAt = true;
            carrier.lookedAt();
        }
        return loader.load(carrier);
    }

    /** The load of this session. */
    private final class Load extends SharedLoad {

        Load(Context context) {
            super(context);
        }

        @Override
        void succeeded(WorkingSession session) {
            loaded = session;
        }

        @Override
        void ended() {
            LOADING.compareAndSet(LazySession.this, this, null);
        }
    }

    /**
     * Stores what was done to the session, or records its use; does nothing when it was never asked for. Meant for the
     * moment before the response is committed.
     *
     * @param serverError whether the response is a 5xx
     * @return completes when stored
     */
    public Mono<Void> commit(boolean serverError) {
        WorkingSession session = loaded;
        return session == null ? Mono.empty() : session.commit(serverError);
    }

    /**
     * Stores what was done after the moment of {@link #commit}; usually that is nothing.
     *
     * @param serverError whether the response is a 5xx
     * @return completes when stored
     */
    public Mono<Void> commitLate(boolean serverError) {
        WorkingSession session = loaded;
        return session == null ? Mono.empty() : session.commitLate(serverError);
    }
}
