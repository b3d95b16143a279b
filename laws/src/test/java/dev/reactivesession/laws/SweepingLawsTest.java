package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SweepReport;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionSweeper;
import dev.reactivesession.engine.SweepSettings;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.ControllableClock;
import dev.reactivesession.test.SampleRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

@DisplayName("Laws of sweeping")
class SweepingLawsTest {

    private final ControllableClock clock = ControllableClock.atPresent();

    private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

    private final List<SessionEvent> events = new ArrayList<>();

    private SessionSweeper sweeper(SessionStore store, int batch) {
        return SessionEngine.over(store)
                .clock(clock)
                .scheduler(scheduler)
                .listener(events::add)
                .sweep(new SweepSettings(Duration.ofMinutes(1), batch))
                .build()
                .sweeper()
                .orElseThrow();
    }

    private static SessionRecord record(int number, Instant expires) {
        Instant begun = expires.minusSeconds(60);
        return SampleRecord.begunAt(begun)
                .id(new SessionId(7, number))
                .idle(Duration.ofSeconds(60))
                .record();
    }

    private InMemorySessionStore storeOf(int expired, int alive) {
        InMemorySessionStore store = new InMemorySessionStore();
        Flux.range(0, expired + alive)
                .map(number -> record(
                        number,
                        number < expired ? clock.instant() : clock.instant().plusSeconds(60)))
                .concatMap(store::insert)
                .blockLast();
        return store;
    }

    @Test
    @DisplayName("A sweep reports its progress after each batch, and removes exactly what has expired")
    void aSweepReportsItsProgress() {
        InMemorySessionStore store = storeOf(25, 10);

        StepVerifier.create(sweeper(store, 10).sweep().map(SweepReport::removed))
                .expectNext(10L, 20L, 25L, 25L)
                .verifyComplete();

        assertThat(store.expired(Instant.MAX).count().block()).isEqualTo(10);
        assertThat(events).hasSize(25).allMatch(SessionEvent.Expired.class::isInstance);
    }

    @Test
    @DisplayName("Law 19: a session renewed between select and delete survives")
    void aRenewedSessionSurvives() {
        InMemorySessionStore store = storeOf(3, 0);
        Renewing renewing = new Renewing(store, clock.instant().plusSeconds(60));

        SweepReport last = sweeper(renewing, 10).sweep().blockLast();

        assertThat(last.removed()).isEqualTo(2);
        assertThat(store.find(new SessionId(7, 1)).block()).isNotNull();
    }

    @Test
    @DisplayName("Law 20: no more is read from the store than a bounded step ahead of what is deleted")
    void demandIsBounded() {
        AtomicLong read = new AtomicLong();
        AtomicLong ahead = new AtomicLong();
        AtomicLong deleted = new AtomicLong();
        Endless endless = new Endless(100_000, read, ids -> {
            ahead.accumulateAndGet(read.get() - deleted.get(), Math::max);
            deleted.addAndGet(ids.size());
        });

        SweepReport last = sweeper(endless, 100).sweep().blockLast();

        assertThat(last.removed()).isEqualTo(100_000);
        assertThat(ahead).hasValueLessThanOrEqualTo(300);
    }

    @Test
    @DisplayName("Law 20: it can be cancelled between batches")
    void itCanBeCancelledBetweenBatches() {
        InMemorySessionStore store = storeOf(1000, 0);
        SessionSweeper sweeper = sweeper(store, 10);

        StepVerifier.create(sweeper.sweep(), 0)
                .thenRequest(2)
                .expectNextCount(2)
                .thenCancel()
                .verify();

        assertThat(store.expired(Instant.MAX).count().block()).isBetween(900L, 980L);
        assertThat(sweeper.sweep().blockLast().failure()).isNull();
    }

    @Test
    @DisplayName("Law 20: it never overlaps itself")
    void itNeverOverlapsItself() {
        SessionSweeper sweeper = sweeper(storeOf(100, 0), 10);

        StepVerifier.create(sweeper.sweep(), 0)
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> assertThat(sweeper.sweep().collectList().block())
                        .singleElement()
                        .satisfies(report -> assertThat(report.failure()).contains("another sweep")))
                .thenRequest(Long.MAX_VALUE)
                .expectNextCount(10)
                .verifyComplete();
    }

    @Test
    @DisplayName("Law 20: a failed run does not end the schedule, pauses grow while it fails, and runs are jittered")
    void aFailedRunDoesNotEndTheSchedule() {
        Failing failing = new Failing(3);
        SessionSweeper sweeper = sweeper(failing, 10);
        sweeper.start();
        sweeper.start();

        scheduler.advanceTimeBy(Duration.ofSeconds(66));
        assertThat(failing.runs).hasValue(1);
        scheduler.advanceTimeBy(Duration.ofSeconds(60));
        assertThat(failing.runs)
                .as("after a failure the pause is twice as long")
                .hasValue(1);
        scheduler.advanceTimeBy(Duration.ofHours(1));

        assertThat(failing.runs).hasValueGreaterThan(40);
        assertThat(failing.times).doesNotHaveDuplicates();
        assertThat(pauses(failing.times)).as("jitter").hasSizeGreaterThan(10);
        sweeper.stop();
        int runs = failing.runs.get();
        scheduler.advanceTimeBy(Duration.ofHours(1));
        assertThat(failing.runs).hasValue(runs);
    }

    private static Collection<Long> pauses(List<Long> times) {
        return Flux.fromIterable(times)
                .buffer(2, 1)
                .filter(pair -> pair.size() == 2)
                .map(pair -> pair.get(1) - pair.get(0))
                .distinct()
                .collectList()
                .block();
    }

    /** Passes records through and lets a test step in between. */
    private abstract static class Passing implements SessionStore, ExpiredSessions {

        @Override
        public Mono<SessionRecord> find(SessionId id) {
            return Mono.empty();
        }

        @Override
        public Mono<Boolean> insert(SessionRecord record) {
            return Mono.just(false);
        }

        @Override
        public Mono<Boolean> update(SessionRecord record, long basedOn) {
            return Mono.just(false);
        }

        @Override
        public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
            return Mono.just(false);
        }

        @Override
        public Mono<Boolean> delete(SessionId id) {
            return Mono.just(false);
        }
    }

    private static final class Renewing extends Passing {

        private final InMemorySessionStore store;

        private final Instant renewedUntil;

        Renewing(InMemorySessionStore store, Instant renewedUntil) {
            this.store = store;
            this.renewedUntil = renewedUntil;
        }

        @Override
        public Flux<SessionId> expired(Instant now) {
            return store.expired(now);
        }

        @Override
        public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
            Instant stillAlive = now.minusMillis(1);
            return store.touch(new SessionId(7, 1), stillAlive, renewedUntil).thenMany(store.deleteExpired(ids, now));
        }
    }

    private static final class Endless extends Passing {

        private final int count;

        private final AtomicLong read;

        private final Consumer<Collection<SessionId>> deletion;

        Endless(int count, AtomicLong read, Consumer<Collection<SessionId>> deletion) {
            this.count = count;
            this.read = read;
            this.deletion = deletion;
        }

        @Override
        public Flux<SessionId> expired(Instant now) {
            return Flux.range(0, count).map(number -> {
                read.incrementAndGet();
                return new SessionId(7, number);
            });
        }

        @Override
        public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
            return Flux.defer(() -> {
                deletion.accept(ids);
                return Flux.fromIterable(ids);
            });
        }
    }

    private final class Failing extends Passing {

        private final int failures;

        private final AtomicInteger runs = new AtomicInteger();

        private final List<Long> times = new ArrayList<>();

        Failing(int failures) {
            this.failures = failures;
        }

        @Override
        public Flux<SessionId> expired(Instant now) {
            times.add(scheduler.now(TimeUnit.MILLISECONDS));
            return runs.incrementAndGet() <= failures
                    ? Flux.error(new SessionException.Unavailable("planted", null))
                    : Flux.empty();
        }

        @Override
        public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
            return Flux.empty();
        }
    }
}
