package dev.reactivesession.test;

import dev.reactivesession.SessionException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/** Somebody who uses a store in a {@link Scenario}. */
public final class Actor {

    private final String name;

    private final int number;

    private final Gate gate;

    private final List<Object> results = new CopyOnWriteArrayList<>();

    private final Disposable.Swap subscription = Disposables.swap();

    private Flux<?> script = Flux.empty();

    private volatile @Nullable Throwable failure;

    private volatile boolean finished;

    private volatile boolean mayLeave;

    private volatile boolean left;

    Actor(String name, int number, Gate gate) {
        this.name = name;
        this.number = number;
        this.gate = gate;
    }

    /**
     * The elements that this actor emitted.
     *
     * @return its values in order; none when it was empty or failed at once
     */
    public List<Object> results() {
        return List.copyOf(results);
    }

    /**
     * How this actor failed, if it did.
     *
     * @return its error
     */
    public Optional<SessionException> failure() {
        return Optional.ofNullable((SessionException) failure);
    }

    /**
     * Lets this actor cancel, at any moment before its end, as a visitor does who closes the page. Every such moment is
     * one more schedule.
     *
     * @return this
     */
    public Actor mayLeave() {
        mayLeave = true;
        return this;
    }

    void follow(Publisher<?> what) {
        script = Flux.from(what);
    }

    void start() {
        subscription.update(script.subscribe(results::add, this::failed, this::end));
    }

    void stop() {
        subscription.dispose();
    }

    void requireExpectedEnd() {
        if (failure != null && !(failure instanceof SessionException)) {
            throw new AssertionError(outcome(), failure);
        }
    }

    boolean canLeave() {
        return mayLeave && !finished;
    }

    Step leaving() {
        return new Step() {
            @Override
            public void take() {
                left = true;
                stop();
                end();
            }

            @Override
            public String toString() {
                return name + ": leaves";
            }
        };
    }

    int number() {
        return number;
    }

    boolean isFinished() {
        return finished;
    }

    String outcome() {
        if (!finished) {
            return name + " has not finished";
        }
        String end = failure == null ? "gave " + results : "failed with " + failure;
        return name + " " + (left ? "left" : end);
    }

    private void failed(Throwable error) {
        failure = error;
        end();
    }

    private void end() {
        finished = true;
        gate.changed();
    }

    @Override
    public String toString() {
        return name;
    }
}
