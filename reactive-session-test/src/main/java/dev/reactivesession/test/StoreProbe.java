package dev.reactivesession.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException;
import dev.reactivesession.store.SessionStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Counts the calls that reach a store, and makes them fail or wait:
 *
 * <pre>{@code
 * StoreProbe probe = StoreProbe.around(new InMemorySessionStore());
 * application(probe.store());
 * probe.failNext(StoreOperation.UPDATE, 1, new SessionException.Unavailable("down", null));
 * probe.hold(StoreOperation.DELETE);
 * }</pre>
 *
 * A call counts when it is subscribed. Calls that are held may be let go in any order. Nothing here sleeps.
 */
public final class StoreProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SessionStore store;

    private final List<StoreCall> calls = new CopyOnWriteArrayList<>();

    private final Map<StoreOperation, Queue<SessionException>> failures = new ConcurrentHashMap<>();

    private final Map<StoreOperation, Queue<SessionException>> lostAnswers = new ConcurrentHashMap<>();

    private final Set<StoreOperation> holding = ConcurrentHashMap.newKeySet();

    private final Map<StoreOperation, Consumer<StoreCall>> repeated = new ConcurrentHashMap<>();

    private final Set<StoreOperation> holdingAnswers = ConcurrentHashMap.newKeySet();

    private final BlockingQueue<HeldCall> held = new LinkedBlockingQueue<>();

    private StoreProbe(SessionStore delegate) {
        this.store = InterceptedStore.around(delegate, this::around);
    }

    /**
     * Puts a probe around a store.
     *
     * @param delegate the store
     * @return a probe that counts, and does nothing else until told so
     */
    public static StoreProbe around(SessionStore delegate) {
        return new StoreProbe(delegate);
    }

    /**
     * The store to hand to what is tested. It has the optional powers of the store behind it, and no others.
     *
     * @return the store with the probe around it
     */
    public SessionStore store() {
        return store;
    }

    /**
     * The calls so far, in the order of their subscription.
     *
     * @return a copy
     */
    public List<StoreCall> calls() {
        return List.copyOf(calls);
    }

    /**
     * The operations called so far, in the order of their subscription.
     *
     * @return a copy
     */
    public List<StoreOperation> operations() {
        return calls.stream().map(StoreCall::operation).toList();
    }

    /**
     * How often an operation was called.
     *
     * @param operation which
     * @return the number of subscriptions
     */
    public long count(StoreOperation operation) {
        return calls.stream().filter(call -> call.operation() == operation).count();
    }

    /** Fails when any call was made. */
    public void assertNoCalls() {
        assertCalls();
    }

    /**
     * Fails when other calls were made than these.
     *
     * @param expected the operations, in order
     */
    public void assertCalls(StoreOperation... expected) {
        assertThat(operations())
                .as("the calls that reached the store: %s", calls)
                .containsExactly(expected);
    }

    /** Begins to count anew. */
    public void forget() {
        calls.clear();
    }

    /**
     * Makes the next calls of an operation fail without reaching the store.
     *
     * @param operation which
     * @param times how many calls
     * @param failure the error that the caller gets
     */
    public void failNext(StoreOperation operation, int times, SessionException failure) {
        add(failures, operation, times, failure);
    }

    /**
     * Makes the next calls of an operation take effect and fail nevertheless, as when the answer of a server is lost.
     *
     * @param operation which
     * @param times how many calls
     * @param failure the error that the caller gets
     */
    public void loseNextAnswer(StoreOperation operation, int times, SessionException failure) {
        add(lostAnswers, operation, times, failure);
    }

    /**
     * Makes every call of these operations wait, until {@link #holdNothing} is said, or it is released.
     *
     * @param operations which
     */
    public void hold(StoreOperation... operations) {
        holding.addAll(List.of(operations));
    }

    /**
     * Makes every answer of these operations wait after they took effect, until {@link #holdNothing} is said, or it is
     * released.
     *
     * @param operations which
     */
    public void holdAnswers(StoreOperation... operations) {
        holdingAnswers.addAll(List.of(operations));
    }

    /**
     * Sends every call of an operation twice, as a driver may after its connection broke: the caller gets the second
     * answer.
     *
     * @param operation which
     * @param between what happens between the two; it may block
     */
    public void sendTwice(StoreOperation operation, Consumer<StoreCall> between) {
        repeated.put(operation, between);
    }

    /** Holds no further calls and answers. Those that are held already wait on. */
    public void holdNothing() {
        holding.clear();
        holdingAnswers.clear();
    }

    /**
     * Waits until a call is held, and takes it out of the queue. To be called from a thread that may block.
     *
     * @return the call that has been held longest, of those not taken yet
     */
    public HeldCall takeHeld() {
        try {
            HeldCall next = held.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no call was held within " + PATIENCE + "; calls so far: " + calls);
            }
            return next;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a call to be held", interrupted);
        }
    }

    private <T> Flux<T> around(StoreCall call, Flux<T> effect) {
        return Flux.defer(() -> {
            calls.add(call);
            SessionException failure = next(failures, call.operation());
            return failure == null ? answered(call, repeated(call, effect)) : Flux.error(failure);
        });
    }

    private <T> Flux<T> repeated(StoreCall call, Flux<T> effect) {
        Consumer<StoreCall> between = repeated.get(call.operation());
        return between == null
                ? effect
                : effect.collectList()
                        .then(Mono.fromRunnable(() -> between.accept(call)).subscribeOn(Schedulers.boundedElastic()))
                        .thenMany(effect);
    }

    private <T> Flux<T> answered(StoreCall call, Flux<T> effect) {
        SessionException lost = next(lostAnswers, call.operation());
        Flux<T> sound = holdingAnswers.contains(call.operation())
                ? effect.collectList().delayUntil(all -> held(call)).flatMapIterable(all -> all)
                : effect;
        Flux<T> answer = lost == null ? sound : effect.thenMany(Mono.error(lost));
        return holding.contains(call.operation()) ? held(call).thenMany(answer) : answer;
    }

    private Mono<Void> held(StoreCall call) {
        return Mono.defer(() -> {
            HeldCall waiting = new HeldCall(call);
            Mono<Void> opened = waiting.opened();
            held.add(waiting);
            return opened;
        });
    }

    private static void add(
            Map<StoreOperation, Queue<SessionException>> script,
            StoreOperation operation,
            int times,
            SessionException failure) {
        Queue<SessionException> queue = script.computeIfAbsent(operation, any -> new ConcurrentLinkedQueue<>());
        IntStream.range(0, times).forEach(time -> queue.add(failure));
    }

    private static @Nullable SessionException next(
            Map<StoreOperation, Queue<SessionException>> script, StoreOperation operation) {
        Queue<SessionException> queue = script.get(operation);
        return queue == null ? null : queue.poll();
    }
}
