package dev.reactivesession.engine;

import dev.reactivesession.Session;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/** A subscriber that waits for a load: it is given the session once that is there and was requested. */
final class LoadSubscriber implements Subscription, SharedLoad.Waiter {

    private final CoreSubscriber<? super Session> subscriber;

    private volatile @Nullable SharedLoad load;

    private volatile boolean done;

    private @Nullable Session session;

    private boolean requested;

    LoadSubscriber(CoreSubscriber<? super Session> subscriber) {
        this.subscriber = subscriber;
    }

    /** False when that load is over, and it is to wait for another. */
    boolean isWaitingFor(SharedLoad underWay) {
        load = underWay;
        boolean joined = underWay.isJoinedBy(this);
        if (joined && done) {
            underWay.leave(this);
        }
        return joined;
    }

    boolean isDone() {
        return done;
    }

    @Override
    public void request(long count) {
        if (Operators.validate(count) && isDueAfter(null, true)) {
            deliver();
        }
    }

    @Override
    public void succeed(WorkingSession result) {
        if (isDueAfter(result, false)) {
            deliver();
        }
    }

    private synchronized boolean isDueAfter(@Nullable Session result, boolean isRequested) {
        session = session == null ? result : session;
        requested |= isRequested;
        boolean due = !done && requested && session != null;
        done |= due;
        return due;
    }

    @SuppressWarnings("NullAway") // due only with a session
    private void deliver() {
        subscriber.onNext(session);
        subscriber.onComplete();
    }

    @Override
    public void fail(Throwable error) {
        if (isFirstEnd()) {
            subscriber.onError(error);
        }
    }

    @Override
    public void cancel() {
        SharedLoad underWay = load;
        if (isFirstEnd() && underWay != null) {
            underWay.leave(this);
        }
    }

    private synchronized boolean isFirstEnd() {
        boolean first = !done;
        done = true;
        return first;
    }
}
