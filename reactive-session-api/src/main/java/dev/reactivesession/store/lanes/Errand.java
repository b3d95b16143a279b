package dev.reactivesession.store.lanes;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/** An operation and the subscriber that waits for its result. */
final class Errand<Q, R> {

    private enum State {
        WAITING,
        UNDER_WAY,
        CANCELLED
    }

    private final Q operation;

    private final @Nullable Object key;

    private final MonoSink<R> sink;

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    private long turn;

    private int pauses;

    Errand(Q operation, @Nullable Object key, MonoSink<R> sink) {
        this.operation = operation;
        this.key = key;
        this.sink = sink;
    }

    Q operation() {
        return operation;
    }

    @Nullable
    Object key() {
        return key;
    }

    /** The order of arrival. */
    long turn() {
        return turn;
    }

    void turn(long number) {
        turn = number;
    }

    boolean isCancelled() {
        return state.get() == State.CANCELLED;
    }

    int countPause() {
        return pauses++;
    }

    /** False: it was cancelled. */
    boolean leave() {
        return state.compareAndSet(State.WAITING, State.UNDER_WAY);
    }

    /** False: it was cancelled. */
    boolean waitAgain() {
        return state.compareAndSet(State.UNDER_WAY, State.WAITING);
    }

    /** True: it had not left, and will not. */
    boolean cancel() {
        return state.getAndSet(State.CANCELLED) == State.WAITING;
    }

    /** Nothing hears of the end of one that was cancelled. */
    void end(Outcome<R> outcome) {
        if (outcome instanceof Outcome.Failure<R> failure) {
            fail(failure.error());
        } else if (outcome instanceof Outcome.Answer<R> answer) {
            sink.success(answer.value());
        }
    }

    void fail(Throwable error) {
        if (!isCancelled()) {
            sink.error(error);
        }
    }
}
