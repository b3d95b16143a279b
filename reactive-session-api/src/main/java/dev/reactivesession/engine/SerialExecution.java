package dev.reactivesession.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Runs tasks one after the other, in the order of their subscription. A task that ended is forgotten, however it ended.
 */
final class SerialExecution {

    private final Queue<Turn> waiting = new ArrayDeque<>(1);

    private final AtomicInteger wakeups = new AtomicInteger();

    private @Nullable Turn running;

    synchronized boolean isIdle() {
        return running == null && waiting.isEmpty();
    }

    Mono<Void> inTurn(Mono<Void> task) {
        return inTurn(task, turn -> turn);
    }

    /** A task may begin before its turn: when its wait, which is made of the signal of its turn, ends earlier. */
    Mono<Void> inTurn(Mono<Void> task, UnaryOperator<Mono<Void>> wait) {
        return Mono.defer(() -> {
            Turn turn = new Turn();
            return (isFirst(turn) ? task : wait.apply(turn.comes.asMono()).then(task)).doFinally(signal -> leave(turn));
        });
    }

    private synchronized boolean isFirst(Turn turn) {
        boolean first = running == null && waiting.isEmpty();
        if (first) {
            running = turn;
        } else {
            waiting.add(turn);
        }
        return first;
    }

    private void leave(Turn turn) {
        forget(turn);
        // a loop, because a task that ends at once would otherwise nest in the one before it
        if (wakeups.getAndIncrement() == 0) {
            do {
                wakeNext();
            } while (wakeups.decrementAndGet() > 0);
        }
    }

    private synchronized void forget(Turn turn) {
        if (running == turn) {
            running = null;
        } else {
            waiting.remove(turn);
        }
    }

    private void wakeNext() {
        Turn next = next();
        if (next != null) {
            next.comes.tryEmitEmpty();
        }
    }

    private synchronized @Nullable Turn next() {
        if (running == null) {
            running = waiting.poll();
            return running;
        }
        return null;
    }

    private static final class Turn {

        private final Sinks.Empty<Void> comes = Sinks.empty();
    }
}
