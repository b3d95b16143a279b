package dev.reactivesession.demo;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The requests of one scene: the store calls of each, their answers, and when they wait for each other so that they
 * really meet. Times are milliseconds by one clock of this process, which a second node in it shares.
 */
final class Trace {

    private static final long BEGINNING = System.nanoTime();

    /** A request that nobody comes to meet goes on alone. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int KEPT = 1000;

    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

    private final AtomicInteger arrived = new AtomicInteger();

    private final AtomicInteger answered = new AtomicInteger();

    private final Sinks.Empty<Void> met = Sinks.empty();

    private final Sinks.Empty<Void> othersAnswered = Sinks.empty();

    /** One store call of the request in a lane. */
    record Call(String lane, String step, String outcome, double begin, double end) {}

    /** The end of the request in a lane. */
    record Answer(String lane, int status, String cookie, double end) {}

    /** All of it, as JSON. */
    record Snapshot(List<Call> calls, List<Answer> answers) {}

    static double now() {
        return (System.nanoTime() - BEGINNING) / 1e6;
    }

    /** Waits until as many requests as belong together have read, and are about to write. */
    Mono<Void> meet(int parties) {
        return Mono.defer(() -> {
            if (arrived.incrementAndGet() == parties) {
                met.tryEmitEmpty();
            }
            return met.asMono().timeout(PATIENCE, Mono.empty());
        });
    }

    /** Waits until all other requests of the scene were answered. */
    Mono<Void> outlastOthers() {
        return othersAnswered.asMono().timeout(PATIENCE, Mono.empty());
    }

    void called(Call call) {
        if (calls.size() < KEPT) {
            calls.add(call);
        }
    }

    void answered(Answer answer, int parties) {
        if (answers.size() < KEPT) {
            answers.add(answer);
        }
        if (answered.incrementAndGet() == parties - 1) {
            othersAnswered.tryEmitEmpty();
        }
    }

    Snapshot snapshot() {
        return new Snapshot(List.copyOf(calls), List.copyOf(answers));
    }
}
