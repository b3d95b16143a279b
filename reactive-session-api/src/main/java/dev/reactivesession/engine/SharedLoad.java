package dev.reactivesession.engine;

import dev.reactivesession.SessionException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/** One load under way, and everybody who waits for it. When the last of them cancels, so does the load. */
final class SharedLoad implements CoreSubscriber<WorkingSession> {

    private final LazySession owner;

    private final Context context;

    private final List<LoadSubscriber> waiting = new ArrayList<>(1);

    private @Nullable Subscription upstream;

    private boolean over;

    SharedLoad(LazySession owner, Context context) {
        this.owner = owner;
        this.context = context;
    }

    synchronized boolean isJoinedBy(LoadSubscriber subscriber) {
        return !over && waiting.add(subscriber);
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
        owner.remember(session);
        for (LoadSubscriber each : end()) {
            each.succeed(session);
        }
    }

    /** Without a session, those that wait would do so for ever. Most loads have ended by now, with their session. */
    @Override
    public void onComplete() {
        List<LoadSubscriber> left = end();
        if (!left.isEmpty()) {
            fail(left, new SessionException.Unavailable("the session store ended a load without an answer", null));
        }
    }

    @Override
    public void onError(Throwable error) {
        fail(end(), error);
    }

    private static void fail(List<LoadSubscriber> left, Throwable error) {
        left.forEach(each -> each.fail(error));
    }

    /** Empty when it has ended before. */
    private synchronized List<LoadSubscriber> end() {
        if (over) {
            return List.of();
        }
        over = true;
        owner.forget(this);
        return waiting;
    }

    void leave(LoadSubscriber subscriber) {
        Subscription unwanted = without(subscriber);
        if (unwanted != null) {
            unwanted.cancel();
        }
    }

    private synchronized @Nullable Subscription without(LoadSubscriber subscriber) {
        if (over || !waiting.remove(subscriber) || !waiting.isEmpty()) {
            return null;
        }
        over = true;
        owner.forget(this);
        return upstream;
    }
}
