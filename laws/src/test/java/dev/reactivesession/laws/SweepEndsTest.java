package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionId;
import dev.reactivesession.SweepReport;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionSweeper;
import dev.reactivesession.engine.SweepSettings;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.test.ControllableClock;
import dev.reactivesession.test.SampleRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

@DisplayName("Every sweep ends: one that hangs, one that is cancelled, one whose clock is wrong")
class SweepEndsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ControllableClock clock = ControllableClock.atPresent();

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

    /** Holds expired sessions, and removes them when it is let go. */
    private static class SlowStore extends PassingStore {

        final Sinks.Empty<Void> letGo = Sinks.empty();

        final List<SessionId> removed = new ArrayList<>();

        @Override
        public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
            return letGo.asMono().thenMany(super.deleteExpired(ids, now)).doOnNext(removed::add);
        }
    }

    private SessionSweeper sweeper(PassingStore store) {
        return SessionEngine.over(store)
                .clock(clock)
                .scheduler(time)
                .sweep(new SweepSettings(Duration.ofMinutes(1), 2))
                .build()
                .sweeper()
                .orElseThrow();
    }

    private void fill(PassingStore store, int count) {
        for (int each = 0; each < count; each++) {
            SessionRecord record = SampleRecord.begunAt(clock.instant()).record();
            assertThat(store.insert(record).block()).isTrue();
        }
        clock.advance(Duration.ofDays(2));
    }

    @Test
    @DisplayName("A sweep whose store never answers ends with a failure, and the next one can begin")
    void aSweepThatHangsEnds() {
        PassingStore store = new PassingStore() {
            @Override
            public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
                return Flux.never();
            }
        };
        fill(store, 3);
        SessionSweeper sweeper = sweeper(store);
        List<SweepReport> first = new ArrayList<>();

        sweeper.sweep().subscribe(first::add);
        time.advanceTimeBy(Duration.ofMinutes(5));

        assertThat(first).hasSize(1);
        assertThat(first.get(0).done()).isTrue();
        assertThat(first.get(0).failure()).contains("did not answer");
        List<SweepReport> second = new ArrayList<>();
        sweeper.sweep().subscribe(second::add);
        time.advanceTimeBy(Duration.ofMinutes(5));
        assertThat(second).hasSize(1);
        assertThat(second.get(0).failure()).doesNotContain("under way");
    }

    @Test
    @DisplayName("take() on a sweep finishes the batch in hand, and no other sweep begins before that")
    void aCancelledSweepFinishesItsBatch() {
        SlowStore store = new SlowStore();
        fill(store, 5);
        SessionSweeper sweeper = sweeper(store);

        sweeper.sweep().subscribe().dispose();
        StepVerifier.create(sweeper.sweep())
                .assertNext(report -> assertThat(report.failure()).contains("under way"))
                .expectComplete()
                .verify(PATIENCE);
        store.letGo.tryEmitEmpty();

        assertThat(store.removed).hasSize(2);
        assertThat(sweeper.sweep().blockLast(PATIENCE).failure()).isNull();
        assertThat(store.removed).hasSize(5);
    }

    @Test
    @DisplayName("A node whose clock is more than a minute from the store's sweeps nothing, and says so")
    void aWrongClockSweepsNothing() {
        PassingStore store = new PassingStore() {
            @Override
            public Mono<Instant> storeTime() {
                return Mono.just(clock.instant().minus(Duration.ofHours(1)));
            }
        };
        fill(store, 3);

        SweepReport report = sweeper(store).sweep().blockLast(PATIENCE);

        assertThat(report.removed()).isZero();
        assertThat(report.failure()).contains("reactive-session.sweep.max-clock-difference");
        assertThat(store.sound.expired(clock.instant()).count().block()).isEqualTo(3);
    }

    @Test
    @DisplayName("A node whose clock is within a minute of the store's sweeps")
    void aNearClockSweeps() {
        PassingStore store = new PassingStore() {
            @Override
            public Mono<Instant> storeTime() {
                return Mono.just(clock.instant().plus(Duration.ofSeconds(60)));
            }
        };
        fill(store, 3);

        assertThat(sweeper(store).sweep().blockLast(PATIENCE).removed()).isEqualTo(3);
    }
}
