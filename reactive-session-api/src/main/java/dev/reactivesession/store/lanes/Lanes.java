package dev.reactivesession.store.lanes;

import dev.reactivesession.SessionException;
import dev.reactivesession.store.lanes.Outcome.Held;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;

/**
 * Lets operations that meet share a round trip. An operation leaves at once while a lane is free; those that arrive
 * while all lanes are busy gather, and leave together when one returns. So do those that an event loop brings before it
 * looks for new events. Nothing waits for company, and there is no timer for it.
 *
 * <ul>
 *   <li><b>Batches</b> hold operations of one kind, of different keys. Operations on one key go one after another, in
 *       the order of their arrival.
 *   <li><b>Bounds.</b> Beyond the bound of the queue an operation is {@code Unavailable} at once. So it is after two
 *       attempts that failed as a whole, but for a few operations that try again, until one succeeds.
 *   <li><b>Cancel.</b> An operation that has not left is taken out. One that has left goes on, and nothing hears of its
 *       result.
 *   <li><b>Errors.</b> The error of one operation does not reach its neighbours.
 * </ul>
 *
 * @param <Q> an operation
 * @param <R> its result
 */
public final class Lanes<Q, R> {

    private static final int PROBES = 4;

    private static final int PROBING_LANES = 2;

    private static final int FAILURES_OF_AN_OUTAGE = 2;

    private static final int CANCELLED_KEPT = 256;

    private static final int LONGEST_PAUSE_MILLIS = 32;

    private final String store;

    private final Grouping<Q> grouping;

    private final LaneBounds bounds;

    private final Scheduler scheduler;

    private final Executor departures;

    private final WaitingRoom<Q, R> room;

    private final Deque<Lane<Q, R>> free;

    private final Queue<Runnable> events =
            Queues.<Runnable>unboundedMultiproducer().get();

    private final AtomicInteger turns = new AtomicInteger();

    private final AtomicInteger waiting = new AtomicInteger();

    private final AtomicInteger cancelled = new AtomicInteger();

    private final List<Runnable> afterwards = new ArrayList<>();

    private volatile @Nullable Throwable outage;

    private int failures;

    private int busy;

    private int underWay;

    private boolean departing;

    /**
     * Makes lanes; nothing is connected yet.
     *
     * @param store its name in messages
     * @param lanes each carries one batch at a time
     * @param grouping which operations may go together
     * @param bounds of batches and queue
     * @param scheduler keeps the time of the pauses before a lock that somebody holds is tried again
     * @param departures runs the departure after an arrival: at once, or when the calling thread has done what it
     *     already has to do
     */
    public Lanes(
            String store,
            List<? extends Lane<Q, R>> lanes,
            Grouping<Q> grouping,
            LaneBounds bounds,
            Scheduler scheduler,
            Executor departures) {
        this.store = store;
        this.grouping = grouping;
        this.bounds = bounds;
        this.scheduler = scheduler;
        this.departures = departures;
        this.room = new WaitingRoom<>(grouping, bounds);
        this.free = new ArrayDeque<>(lanes);
    }

    /**
     * Sends an operation. Starts on subscription.
     *
     * @param operation the operation
     * @return its result; empty when there is none
     */
    public Mono<R> send(Q operation) {
        return Mono.create(sink -> accept(operation, sink));
    }

    private void accept(Q operation, MonoSink<R> sink) {
        Throwable last = outage;
        if (waiting.incrementAndGet() > (last == null ? bounds.queue() : PROBES)) {
            waiting.decrementAndGet();
            sink.error(last == null ? full() : away(last));
            return;
        }
        Errand<Q, R> errand = new Errand<>(operation, grouping.key(operation), sink);
        sink.onCancel(() -> cancel(errand));
        happen(() -> room.enter(errand));
        departures.execute(this::letDepart);
    }

    private void letDepart() {
        happen(() -> departing = true);
    }

    private void cancel(Errand<Q, R> errand) {
        if (errand.cancel()) {
            waiting.decrementAndGet();
            if (cancelled.incrementAndGet() % CANCELLED_KEPT == 0) {
                happen(this::forgetCancelled);
            }
        }
    }

    /**
     * One event after another, on the thread that brings the first; what follows from them is done after that, and
     * holds up no event.
     */
    private void happen(Runnable event) {
        events.add(event);
        if (turns.getAndIncrement() != 0) {
            return;
        }
        List<Runnable> following = new ArrayList<>(1);
        int missed = 1;
        while (missed != 0) {
            for (Runnable next = events.poll(); next != null; next = events.poll()) {
                next.run();
            }
            if (departing) {
                departing = false;
                depart();
            }
            following.addAll(afterwards);
            afterwards.clear();
            missed = turns.addAndGet(-missed);
        }
        following.forEach(Runnable::run);
    }

    private void depart() {
        while (!free.isEmpty() && busy < mostBusy()) {
            List<Errand<Q, R>> batch = room.nextBatch(failures == 0 ? bounds.batch() : 1);
            if (batch.isEmpty()) {
                return;
            }
            waiting.addAndGet(-batch.size());
            underWay += batch.size();
            busy++;
            Lane<Q, R> lane = free.pop();
            afterwards.add(() -> carry(lane, batch));
        }
    }

    private int mostBusy() {
        return failures == 0 ? bounds.busy().applyAsInt(waiting.get() + underWay) : PROBING_LANES;
    }

    // Nothing else subscribes to a batch: it belongs to several operations, and ends with none of them.
    private void carry(Lane<Q, R> lane, List<Errand<Q, R>> batch) {
        lane.carry(batch.stream().map(Errand::operation).toList())
                .subscribe(outcomes -> returned(lane, batch, outcomes), error -> failed(lane, batch, error));
    }

    private void returned(Lane<Q, R> lane, List<Errand<Q, R>> batch, List<Outcome<R>> outcomes) {
        happen(() -> {
            departing = true;
            failures = 0;
            outage = null;
            release(lane, batch);
            for (int place = 0; place < batch.size(); place++) {
                settle(batch.get(place), outcomes.get(place));
            }
        });
        for (int place = 0; place < batch.size(); place++) {
            batch.get(place).end(outcomes.get(place));
        }
    }

    private void failed(Lane<Q, R> lane, List<Errand<Q, R>> batch, Throwable error) {
        happen(() -> {
            departing = true;
            release(lane, batch);
            batch.forEach(room::ended);
            noteFailure(error);
        });
        batch.forEach(errand -> errand.fail(error));
    }

    /** When an outage begins, all that wait are refused. Those that come later are few, and each tries for itself. */
    private void noteFailure(Throwable error) {
        boolean known = outage != null;
        if (++failures >= FAILURES_OF_AN_OUTAGE) {
            outage = error;
            if (!known) {
                refuseAll(away(error));
            }
        }
    }

    private void refuseAll(SessionException error) {
        List<Errand<Q, R>> refused = room.clear();
        waiting.addAndGet(-refused.size());
        afterwards.add(() -> refused.forEach(errand -> errand.fail(error)));
    }

    private void release(Lane<Q, R> lane, List<Errand<Q, R>> batch) {
        underWay -= batch.size();
        busy--;
        free.push(lane);
    }

    private void settle(Errand<Q, R> errand, Outcome<R> outcome) {
        if (outcome instanceof Held<R> && errand.waitAgain()) {
            waiting.incrementAndGet();
            int pause = Math.min(LONGEST_PAUSE_MILLIS, 1 << Math.min(errand.countPause(), 8));
            scheduler.schedule(() -> again(errand), pause, TimeUnit.MILLISECONDS);
        } else {
            room.ended(errand);
        }
    }

    private void again(Errand<Q, R> errand) {
        happen(() -> {
            departing = true;
            room.queue(errand);
        });
    }

    private void forgetCancelled() {
        departing = true;
        room.forgetCancelled();
    }

    private SessionException full() {
        return new SessionException.Unavailable(
                bounds.queue() + " operations wait for " + store + ", which is the bound", null);
    }

    private SessionException away(Throwable last) {
        return last instanceof SessionException.Misconfigured wrong
                ? new SessionException.Misconfigured(String.valueOf(wrong.getMessage()), wrong)
                : new SessionException.Unavailable(
                        store + " failed a moment ago, and until it answers again only a few operations try: "
                                + last.getMessage(),
                        last);
    }
}
