package dev.reactivesession.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;

/** Several callers who begin at the same moment: each has a thread of its own, and one barrier lets all of them go. */
public final class Race {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Race() {}

    /**
     * Runs a race to its end.
     *
     * @param callers how many
     * @param operation what each does, by its number from 0; subscribed behind the barrier, and must not be empty
     * @param <T> its result
     * @return the result of each, by number
     */
    public static <T> List<T> of(int callers, IntFunction<Mono<T>> operation) {
        CyclicBarrier barrier = new CyclicBarrier(callers);
        ExecutorService threads = Executors.newFixedThreadPool(callers, Race::daemon);
        try {
            return outcomes(threads.invokeAll(IntStream.range(0, callers)
                    .mapToObj(number -> run(barrier, operation.apply(number)))
                    .toList()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted in a race", interrupted);
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> Callable<T> run(CyclicBarrier barrier, Mono<T> operation) {
        return () -> {
            letGo(barrier);
            return operation
                    .blockOptional(PATIENCE)
                    .orElseThrow(() -> new AssertionError("an operation in a race was empty"));
        };
    }

    private static void letGo(CyclicBarrier barrier)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        barrier.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static <T> List<T> outcomes(List<Future<T>> callers) throws InterruptedException {
        List<T> outcomes = new ArrayList<>();
        for (Future<T> caller : callers) {
            outcomes.add(outcome(caller));
        }
        return outcomes;
    }

    private static <T> T outcome(Future<T> caller) throws InterruptedException {
        try {
            return caller.get();
        } catch (ExecutionException failed) {
            throw new AssertionError("a caller in a race failed: " + failed.getCause(), failed.getCause());
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "race");
        thread.setDaemon(true);
        return thread;
    }
}
