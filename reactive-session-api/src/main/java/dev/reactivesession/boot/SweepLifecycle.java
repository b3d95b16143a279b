package dev.reactivesession.boot;

import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionSweeper;
import org.springframework.context.SmartLifecycle;

/** Sweeps for as long as the application runs. */
final class SweepLifecycle implements SmartLifecycle {

    private final SessionEngine engine;

    SweepLifecycle(SessionEngine engine) {
        this.engine = engine;
    }

    @Override
    public void start() {
        engine.sweeper().ifPresent(SessionSweeper::start);
    }

    @Override
    public void stop() {
        engine.sweeper().ifPresent(SessionSweeper::stop);
    }

    @Override
    public boolean isRunning() {
        return engine.sweeper().map(SessionSweeper::isStarted).orElse(false);
    }
}
