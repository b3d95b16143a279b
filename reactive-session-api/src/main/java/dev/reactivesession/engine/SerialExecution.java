package dev.reactivesession.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Runs tasks one after the other, in the order of their subscription. A task that ended is forgotten, however it ended.
 */
final class SerialExecution {

    private @Nullable Turn running;

    /** Made when somebody waits for the first time, which most of the time is never. */
    private @Nullable Queue<Turn> waiting;

    /** Each turn that ended wakes one; whoever finds that somebody is at it leaves it to that one. */
    private int wakeups;

    synchronized boolean isIdle() {
        return running == null && (waiting == null || waiting.isEmpty());
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
        boolean first = isIdle();
        if (first) {
            running = turn;
        } else {
            waiting = waiting == null ? new ArrayDeque<>() : waiting;
            waiting.add(turn);
        }
        return first;
    }

    private void leave(Turn turn) {
        forget(turn);
        // a loop, because a task that ends at once would otherwise nest in the one before it
        boolean wakes = isFirstToWake();
        while (wakes) {
            wakeNext();
            wakes = isToWakeAgain();
        }
    }

    private synchronized boolean isFirstToWake() {
        return wakeups++ == 0;
    }

    private synchronized boolean isToWakeAgain() {
        return --wakeups > 0;
    }

    private synchronized void forget(Turn turn) {
        if (running == turn) {
            running = null;
        } else if (waiting != null) {
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
        if (running == null && waiting != null) {
            running = waiting.poll();
            return running;
        }
        return null;
    }

    private static final class Turn {

        private final Sinks.Empty<Void> comes = Sinks.empty();
    }
}
