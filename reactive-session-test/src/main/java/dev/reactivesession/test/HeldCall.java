package dev.reactivesession.test;

import dev.reactivesession.SessionException;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A call that waits before it reaches the store. */
public final class HeldCall {

    private final StoreCall call;

    private final Sinks.Empty<Void> gate = Sinks.empty();

    private volatile boolean cancelled;

    HeldCall(StoreCall call) {
        this.call = call;
    }

    /**
     * Which call.
     *
     * @return the call
     */
    public StoreCall call() {
        return call;
    }

    /** Lets it go to the store. Everything that follows on the same thread has happened when this returns. */
    public void release() {
        gate.tryEmitEmpty();
    }

    /**
     * Makes it fail without reaching the store.
     *
     * @param failure the error that the caller gets
     */
    public void fail(SessionException failure) {
        gate.tryEmitError(failure);
    }

    /**
     * Whether its caller has given it up.
     *
     * @return true when it was cancelled while it was held
     */
    public boolean isCancelled() {
        return cancelled;
    }

    Mono<Void> opened() {
        return gate.asMono().doOnCancel(() -> cancelled = true);
    }

    @Override
    public String toString() {
        return "held " + call;
    }
}
