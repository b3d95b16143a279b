package dev.reactivesession.demo;

import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionSweeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Follows every sweep, whoever asked for it. */
@Component
final class SweepWatch implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(SweepWatch.class);

    private final Disposable following;

    SweepWatch(SessionEngine engine, Figures figures) {
        following = engine.sweeper()
                .map(SessionSweeper::reports)
                .orElse(Flux.empty())
                .subscribe(figures::swept, error -> LOG.error("sweeps are not shown any more", error));
    }

    @Override
    public void destroy() {
        following.dispose();
    }
}
