package dev.reactivesession.boot;

import dev.reactivesession.SweepReport;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionSweeper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Times the sweeps of this node, scheduled or asked for, and counts what they removed. */
final class SweepMeters implements SmartLifecycle {

    static final String SWEEPS = "reactive.session.sweep";

    static final String REMOVED = "reactive.session.sweep.removed";

    private static final Logger LOG = Loggers.getLogger(SweepMeters.class);

    private final SessionEngine engine;

    private final MeterRegistry registry;

    private volatile @Nullable Disposable following;

    SweepMeters(SessionEngine engine, MeterRegistry registry) {
        this.engine = engine;
        this.registry = registry;
        engine.sweeper().ifPresent(sweeper -> {
            timer("completed");
            timer("failed");
            removed();
        });
    }

    private Timer timer(String outcome) {
        return Timer.builder(SWEEPS)
                .description("Removal of expired sessions by this node")
                .tag("outcome", outcome)
                .register(registry);
    }

    private Counter removed() {
        return Counter.builder(REMOVED)
                .description("Expired sessions that this node removed")
                .register(registry);
    }

    @Override
    public void start() {
        // it lives as long as the application context does: there is no other subscriber
        following = engine.sweeper()
                .map(SessionSweeper::reports)
                .orElse(Flux.empty())
                .filter(SweepReport::done)
                .subscribe(this::record, error -> LOG.error("sweeps are not measured any more", error));
    }

    private void record(SweepReport report) {
        timer(report.failure() == null ? "completed" : "failed").record(report.elapsed());
        removed().increment((double) report.removed());
    }

    @Override
    public void stop() {
        Disposable current = following;
        if (current != null) {
            current.dispose();
            following = null;
        }
    }

    @Override
    public boolean isRunning() {
        return following != null;
    }

    /** Before the sweeper, so that no sweep is missed. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 1;
    }
}
