package dev.reactivesession.engine;

import dev.reactivesession.SessionId;
import dev.reactivesession.SweepReport;
import dev.reactivesession.store.ExpiredSessions;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Removes expired sessions: streams their ids into batched deletions, once or on a jittered schedule. Never overlaps
 * itself; a failed sweep ends neither the schedule nor the next sweep, only makes the pause longer.
 */
public final class SessionSweeper {

    private static final Logger LOG = Loggers.getLogger(SessionSweeper.class);

    private static final int LONGEST_BACKOFF = 5;

    private static final int REPORTS_KEPT = 256;

    private final ExpiredSessions store;

    private final SweepSettings settings;

    private final StoreGuard guard;

    private final Clock clock;

    private final Scheduler scheduler;

    private final RandomGenerator random;

    private final Consumer<SessionId> removed;

    private final AtomicBoolean sweeping = new AtomicBoolean();

    private final AtomicReference<@Nullable Disposable> schedule = new AtomicReference<>();

    private final Sinks.Many<SweepReport> reports =
            Sinks.unsafe().many().multicast().directBestEffort();

    private volatile @Nullable SweepReport last;

    private volatile int failures;

    SessionSweeper(
            ExpiredSessions store,
            SweepSettings settings,
            StoreGuard guard,
            Clock clock,
            Scheduler scheduler,
            RandomGenerator random,
            Consumer<SessionId> removed) {
        this.store = store;
        this.settings = settings;
        this.guard = guard;
        this.clock = clock;
        this.scheduler = scheduler;
        this.random = random;
        this.removed = removed;
    }

    /** Begins to sweep on schedule, the first time after one pause. Starting twice is starting once. */
    public void start() {
        // a schedule of its own, which only stop() ends
        Disposable running =
                onSchedule().subscribe(report -> {}, error -> LOG.error("the sweep schedule ended", error));
        if (!schedule.compareAndSet(null, running)) {
            running.dispose();
        }
    }

    /** Ends the schedule; a sweep under way stops after the batch in hand. */
    public void stop() {
        Disposable running = schedule.getAndSet(null);
        if (running != null) {
            running.dispose();
        }
    }

    /**
     * Whether a schedule is running.
     *
     * @return true between start and stop
     */
    public boolean isStarted() {
        return schedule.get() != null;
    }

    /**
     * The reports of every sweep from now on, scheduled or not. A slow subscriber loses the oldest.
     *
     * @return a stream that does not end
     */
    public Flux<SweepReport> reports() {
        return reports.asFlux().onBackpressureBuffer(REPORTS_KEPT, dropped -> {}, BufferOverflowStrategy.DROP_OLDEST);
    }

    /**
     * The latest report, of a sweep under way or of the last one.
     *
     * @return the report, or empty before the first
     */
    public Optional<SweepReport> last() {
        return Optional.ofNullable(last);
    }

    /**
     * Sweeps once, now. A sweep that is already under way is not joined and not repeated: the only report then says so.
     *
     * @return a report after each batch, and a last one; a failure is part of the last report, not an error
     */
    public Flux<SweepReport> sweep() {
        return Flux.defer(() -> sweeping.compareAndSet(false, true)
                ? exclusively()
                : Flux.just(new SweepReport(0, 0, Duration.ZERO, true, "another sweep is under way on this node")));
    }

    private Flux<SweepReport> exclusively() {
        return new SweepRun(store, settings, guard, clock, removed, () -> sweeping.set(false))
                .reports()
                .doOnNext(this::publish);
    }

    private void publish(SweepReport report) {
        last = report;
        if (report.done()) {
            failures = report.failure() == null ? 0 : failures + 1;
        }
        reports.tryEmitNext(report);
    }

    private Flux<SweepReport> onSchedule() {
        return Flux.defer(() -> Mono.delay(pause(), scheduler).thenMany(sweep()))
                .repeat();
    }

    private Duration pause() {
        long base = settings.interval().toMillis() << Math.min(failures, LONGEST_BACKOFF);
        long tenth = base / 10;
        return Duration.ofMillis(base - tenth + random.nextLong(2 * tenth + 1));
    }
}
