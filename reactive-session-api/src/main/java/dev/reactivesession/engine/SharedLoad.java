package dev.reactivesession.engine;

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

    private final List<Waiting> waiting = new ArrayList<>(1);

    private @Nullable Subscription upstream;

    private boolean over;

    SharedLoad(LazySession owner, Context context) {
        this.owner = owner;
        this.context = context;
    }

    synchronized boolean isJoinedBy(Waiting subscriber) {
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
        for (Waiting each : end()) {
            each.succeed(session);
        }
    }

    @Override
    public void onComplete() {}

    @Override
    public void onError(Throwable error) {
        for (Waiting each : end()) {
            each.fail(error);
        }
    }

    private synchronized List<Waiting> end() {
        over = true;
        owner.forget(this);
        return waiting;
    }

    void leave(Waiting subscriber) {
        Subscription unwanted = without(subscriber);
        if (unwanted != null) {
            unwanted.cancel();
        }
    }

    private synchronized @Nullable Subscription without(Waiting subscriber) {
        if (over || !waiting.remove(subscriber) || !waiting.isEmpty()) {
            return null;
        }
        over = true;
        owner.forget(this);
        return upstream;
    }
}
