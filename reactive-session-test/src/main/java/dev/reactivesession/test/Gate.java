package dev.reactivesession.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Where the store calls of all actors of a scenario wait until they are let go. */
final class Gate {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<Arrival> waiting = new ArrayList<>();

    private int underWay;

    InterceptedStore.Interception of(Actor actor) {
        return new InterceptedStore.Interception() {
            @Override
            public <T> Flux<T> around(StoreCall call, Flux<T> effect) {
                return Flux.defer(() -> pass(new Arrival(actor, call), effect));
            }
        };
    }

    /** Those who wait, once every actor waits or has finished, and no call is under way. */
    synchronized List<Arrival> awaitArrivals(List<Actor> actors) {
        awaitQuiet(actors);
        return waiting.stream()
                .sorted(Comparator.comparingInt(arrival -> arrival.actor.number()))
                .toList();
    }

    private void awaitQuiet(List<Actor> actors) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!isQuiet(actors)) {
                wait(millisLeft(giveUp, actors));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted between two store calls", interrupted);
        }
    }

    synchronized void changed() {
        notifyAll();
    }

    private <T> Flux<T> pass(Arrival arrival, Flux<T> effect) {
        add(arrival);
        return arrival.open.asMono().thenMany(effect).doFinally(signal -> leave(arrival));
    }

    private synchronized void add(Arrival arrival) {
        waiting.add(arrival);
        notifyAll();
    }

    private synchronized void letGo(Arrival arrival) {
        if (waiting.remove(arrival)) {
            underWay++;
        }
    }

    private synchronized void leave(Arrival arrival) {
        if (!waiting.remove(arrival)) {
            underWay--;
        }
        notifyAll();
    }

    private boolean isQuiet(List<Actor> actors) {
        return underWay == 0 && actors.stream().allMatch(actor -> actor.isFinished() || isWaiting(actor));
    }

    private boolean isWaiting(Actor actor) {
        return waiting.stream().anyMatch(arrival -> arrival.actor == actor);
    }

    private long millisLeft(long giveUp, List<Actor> actors) {
        long left = TimeUnit.NANOSECONDS.toMillis(giveUp - System.nanoTime());
        if (left <= 0) {
            throw new AssertionError("after " + PATIENCE + " somebody neither waits for the store nor has finished: "
                    + actors.stream().map(Actor::outcome).toList() + ", waiting: " + waiting);
        }
        return left;
    }

    /** A store call that waits. */
    final class Arrival implements Step {

        private final Actor actor;

        private final StoreCall call;

        private final Sinks.Empty<Void> open = Sinks.empty();

        private Arrival(Actor actor, StoreCall call) {
            this.actor = actor;
            this.call = call;
        }

        @Override
        public void take() {
            Gate.this.letGo(this);
            open.tryEmitEmpty();
        }

        @Override
        public String toString() {
            return actor + ": " + call;
        }
    }
}
