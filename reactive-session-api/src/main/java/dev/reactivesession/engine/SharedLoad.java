package dev.reactivesession.engine;

import dev.reactivesession.SessionException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/** One load under way, and everybody who waits for it. When the last of them cancels, so does the load. */
abstract class SharedLoad implements CoreSubscriber<WorkingSession> {

    private final Context context;

    private final List<Waiter> waiting = new ArrayList<>(1);

    private @Nullable Subscription upstream;

    private boolean over;

    SharedLoad(Context context) {
        this.context = context;
    }

    /** Somebody who waits for a load. */
    interface Waiter {

        void succeed(WorkingSession session);

        void fail(Throwable error);
    }

    /** Before any of those that wait are told. */
    abstract void succeeded(WorkingSession session);

    /** However it ended: it cannot be joined any more. */
    abstract void ended();

    synchronized boolean isJoinedBy(Waiter waiter) {
        return !over && waiting.add(waiter);
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        if (isWanted(subscription)) {
            subscription.request(Long.MAX_VALUE);
        } else {
            subscription.cancel();
        }
    }

    private synchronized boolean isWanted(Subscription subscription) {
        upstream = subscription;
        return !over;
    }

    @Override
    public void onNext(WorkingSession session) {
        succeeded(session);
        for (Waiter each : end()) {
            each.succeed(session);
        }
    }

    /** Without a session, those that wait would do so for ever. Most loads have ended by now, with their session. */
    @Override
    public void onComplete() {
        List<Waiter> left = end();
        if (!left.isEmpty()) {
            fail(left, new SessionException.Unavailable("the session store ended a load without an answer", null));
        }
    }

    @Override
    public void onError(Throwable error) {
        fail(end(), error);
    }

    private static void fail(List<Waiter> left, Throwable error) {
        left.forEach(each -> each.fail(error));
    }

    /** Empty when it has ended before. */
    private synchronized List<Waiter> end() {
        if (over) {
            return List.of();
        }
        over = true;
        ended();
        return waiting;
    }

    void leave(Waiter waiter) {
        Subscription unwanted = without(waiter);
        if (unwanted != null) {
            unwanted.cancel();
        }
    }

    private synchronized @Nullable Subscription without(Waiter waiter) {
        if (over || !waiting.remove(waiter) || !waiting.isEmpty()) {
            return null;
        }
        over = true;
        ended();
        return upstream;
    }
}
