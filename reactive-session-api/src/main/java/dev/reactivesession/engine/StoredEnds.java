package dev.reactivesession.engine;

import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SettingBound;
import dev.reactivesession.engine.SessionProbe.Step;
import dev.reactivesession.store.CopiedSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The ends of the sessions of a store, as its records say.
 *
 * @param store the store
 * @param guard bounds each operation
 * @param rules say when a record has expired
 * @param watch the streams that wait
 * @param events told of each touch
 * @param scheduler where the pauses between touches run
 */
record StoredEnds(
        SessionStore store,
        StoreGuard guard,
        RecordRules rules,
        EndWatch watch,
        SessionEvents events,
        Scheduler scheduler)
        implements SessionEnds {

    private static final SettingBound<Duration> INTERVAL =
            SettingBound.within("the interval of keepAlive", Duration.ofMillis(100), Duration.ofDays(1));

    @Override
    public Mono<Void> ended(SessionLives session) {
        return Mono.defer(() -> watch.ended(session.id(), session.record() != null, deadline(session.id())));
    }

    @Override
    public Mono<Void> ended(SessionId id) {
        return watch.ended(id, true, deadline(id));
    }

    private Mono<Instant> deadline(SessionId id) {
        return alive(id).map(record -> earlier(record.expiresAt(), rules.deadline(record, record.lastAccessedAt())));
    }

    private Mono<SessionRecord> alive(SessionId id) {
        return Mono.defer(() -> guard.bounded(Step.FIND, durable(id)))
                .filter(record -> !rules.isExpired(record, rules.now()));
    }

    /** A copy may be there for a while after its record is gone. */
    private Mono<SessionRecord> durable(SessionId id) {
        return store.power(CopiedSessions.class)
                .map(copied -> copied.findDurable(id))
                .orElseGet(() -> store.find(id));
    }

    @Override
    public Mono<Void> keepAlive(SessionLives session, Duration interval) {
        return Mono.defer(() -> {
            requireShorterThan(session.askTimes(SessionTimes::idleTimeout), INTERVAL.require(interval));
            return Mono.delay(interval, scheduler)
                    .then(touched(session.id()))
                    .repeat()
                    .takeUntil(alive -> !alive)
                    .then();
        });
    }

    private static void requireShorterThan(Duration idleTimeout, Duration interval) {
        if (interval.compareTo(idleTimeout) >= 0) {
            throw new SessionException.Misconfigured(
                    "the interval of keepAlive is " + interval + ", but a session that lives " + idleTimeout
                            + " unused (reactive-session.idle-timeout) needs a shorter one",
                    null);
        }
    }

    /** The record of now says how far: its idle timeout may have changed. */
    private Mono<Boolean> touched(SessionId id) {
        return alive(id)
                .flatMap(this::touched)
                .defaultIfEmpty(false)
                .onErrorResume(SessionException.Unavailable.class, away -> Mono.just(true));
    }

    private Mono<Boolean> touched(SessionRecord record) {
        Instant now = rules.now();
        return guard.answered(Step.TOUCH, store.touch(record.id(), now, rules.deadline(record, now)))
                .doOnNext(done -> {
                    if (done) {
                        events.publish(new SessionEvent.Touched(now, record.id()));
                    }
                });
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
