package dev.reactivesession.boot;

import dev.reactivesession.SessionException;
import dev.reactivesession.engine.SessionProbe;
import java.time.Duration;
import java.util.function.LongSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Says that the store is away: once when it begins, once a minute while it lasts, once when it is over. A store that
 * comes and goes is announced at most once a minute, so that neither the store nor its visitors can fill the log.
 */
final class OutageLog implements SessionProbe {

    private static final Logger LOG = Loggers.getLogger(OutageLog.class);

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final String place;

    private final LongSupplier nanoTime;

    private volatile boolean away;

    private boolean announced;

    private long began;

    private long said;

    private long failures;

    OutageLog(String place, LongSupplier nanoTime) {
        this.place = place;
        this.nanoTime = nanoTime;
        this.said = nanoTime.getAsLong() - MINUTE;
    }

    @Override
    public <T> Mono<T> watch(Step step, Mono<T> work) {
        return step.isStoreOperation() ? work.doOnSuccess(result -> answered()).doOnError(this::failed) : work;
    }

    /** A sweep or a list that takes too long says nothing about the operations that visitors wait for. */
    @Override
    public <T> Flux<T> watch(Step step, Flux<T> work) {
        return work.doOnComplete(this::answered);
    }

    private void answered() {
        if (away) {
            back();
        }
    }

    private synchronized void back() {
        if (away && announced) {
            LOG.warn(
                    "Sessions in {} can be reached again, after {}; {} operations had failed.",
                    place,
                    DurationText.of(Duration.ofNanos(nanoTime.getAsLong() - began)),
                    failures);
            failures = 0;
        }
        away = false;
        announced = false;
    }

    private void failed(Throwable error) {
        if (error instanceof SessionException.Unavailable) {
            count(error);
        }
    }

    private synchronized void count(Throwable error) {
        long now = nanoTime.getAsLong();
        if (!away) {
            away = true;
            began = now;
        }
        failures++;
        if (now - said >= MINUTE) {
            say(error);
            said = now;
        }
    }

    private void say(Throwable error) {
        if (announced) {
            LOG.warn("Sessions in {} still cannot be reached: {} operations have failed so far.", place, failures);
            return;
        }
        announced = true;
        LOG.warn(
                "Sessions in {} cannot be reached; requests that use their session are answered with 503: {}",
                place,
                DurationText.in(OneLine.of(error)));
        LOG.debug("the first error of this outage", error);
    }
}
