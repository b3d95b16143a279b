package dev.reactivesession.tiered;

import static dev.reactivesession.tiered.Records.IDLE;
import static dev.reactivesession.tiered.Records.START;
import static dev.reactivesession.tiered.Records.saved;
import static dev.reactivesession.tiered.Records.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.tiered.Invalidations;
import dev.reactivesession.store.tiered.NearCache;
import dev.reactivesession.store.tiered.TieredEvent;
import dev.reactivesession.store.tiered.TieredSessionStore;
import dev.reactivesession.store.tiered.TieredSettings;
import dev.reactivesession.test.ControllableClock;
import dev.reactivesession.test.SessionStoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A cache in each process, in front of a store that the nodes share. */
class NearCacheTest {

    private static final long BYTES = 64L << 20;

    /** Patient with a busy machine, on which telling the others may take long. */
    private static final TieredSettings SETTINGS = TieredSettings.near().withCacheTimeout(Duration.ofMinutes(1));

    private final InMemorySessionStore shared = new InMemorySessionStore();

    private final ControllableClock clock = ControllableClock.at(START);

    private final SessionRecord first = session(1);

    @Test
    void withoutInvalidationsAnotherNodeSeesASaveWithinTheMaximumAge() {
        TieredSessionStore one = node(null);
        TieredSessionStore two = node(null);
        one.insert(first).block();
        assertThat(two.find(first.id()).block()).isEqualTo(first);
        SessionRecord second = saved(first);
        assertThat(one.update(second, 1).block()).isTrue();
        assertThat(one.find(first.id()).block()).isEqualTo(second);
        clock.advance(SETTINGS.maxAge().minusMillis(1));
        assertThat(two.find(first.id()).block()).isEqualTo(first);
        clock.advance(Duration.ofMillis(1));
        assertThat(two.find(first.id()).block()).isEqualTo(second);
    }

    @Test
    void withInvalidationsAnotherNodeSeesASaveAndADeletionAtOnce() {
        Bus bus = new Bus();
        TieredSessionStore one = following(bus);
        TieredSessionStore two = following(bus);
        one.insert(first).block();
        assertThat(two.find(first.id()).block()).isEqualTo(first);
        SessionRecord second = saved(first);
        assertThat(one.update(second, 1).block()).isTrue();
        assertThat(two.find(first.id()).block()).isEqualTo(second);
        assertThat(two.delete(first.id()).block()).isTrue();
        assertThat(one.find(first.id()).block()).isNull();
    }

    @Test
    void aSaveIsKeptAlthoughOthersCouldNotBeTold() {
        List<TieredEvent> events = new ArrayList<>();
        TieredSessionStore one = TieredSessionStore.of(cache(), shared)
                .settings(SETTINGS)
                .clock(clock)
                .events(events::add)
                .invalidations(new Deaf())
                .build();
        assertThat(one.insert(first).block()).isTrue();
        assertThat(one.update(saved(first), 1).block()).isTrue();
        assertThat(one.find(first.id()).block()).isEqualTo(saved(first));
        assertThat(events).hasAtLeastOneElementOfType(TieredEvent.InvalidationFailed.class);
    }

    @Test
    void whoIsRefusedReadsWhatRefusedItAlthoughItsCopyIsYoung() {
        TieredSessionStore one = node(null);
        TieredSessionStore two = node(null);
        one.insert(first).block();
        two.find(first.id()).block();
        SessionRecord second = saved(first);
        one.update(second, 1).block();
        assertThat(two.update(saved(first, START, "other"), 1).block()).isFalse();
        assertThat(two.find(first.id()).block()).isEqualTo(second);
    }

    @Test
    void aSaveMovesNoTimeBackUnlessTheIdleTimeoutChanges() {
        NearCache cache = cache();
        Instant used = START.plusSeconds(60);
        cache.insert(first).block();
        cache.touch(first.id(), used, used.plus(IDLE)).block();
        SessionRecord second = saved(first);
        assertThat(cache.update(second, 1).block()).isTrue();
        assertThat(cache.find(first.id()).block()).isEqualTo(second.touched(used, used.plus(IDLE)));
        SessionRecord shorter = new SessionRecord(
                first.id(),
                first.proof(),
                3,
                START,
                used,
                Duration.ofMinutes(1),
                used.plusSeconds(60),
                "alice",
                first.payload());
        assertThat(cache.update(shorter, 2).block()).isTrue();
        assertThat(cache.find(first.id()).block()).isEqualTo(shorter);
    }

    @Test
    void itsSizeIsBounded() {
        NearCache cache = NearCache.holding(100_000, Duration.ofMinutes(1));
        for (int number = 0; number < 10_000; number++) {
            cache.insert(session(number)).block();
        }
        long kept = Flux.range(0, 10_000)
                .concatMap(number -> cache.find(session(number).id()))
                .count()
                .block();
        assertThat(kept).isBetween(1L, 100_000L / 256);
    }

    @Test
    void aSizeOfNothingIsRefusedByName() {
        assertThatThrownBy(() -> NearCache.holding(0, Duration.ofMinutes(1)))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("reactive-session.near-cache.size in bytes is 0, but must be at least 1");
    }

    @Nested
    class KeepsSessionsOnOneNode extends SessionStoreContract {

        private final SessionStore only =
                TieredSessionStore.of(cache(), shared).settings(SETTINGS).build();

        @Override
        protected SessionStore store() {
            return only;
        }

        @Override
        protected SessionStore secondNode() {
            return only;
        }
    }

    @Nested
    class KeepsSessionsOnTwoNodesThatTellEachOther extends SessionStoreContract {

        private final Bus bus = new Bus();

        private final SessionStore one = following(bus);

        private final SessionStore two = following(bus);

        @Override
        protected SessionStore store() {
            return one;
        }

        @Override
        protected SessionStore secondNode() {
            return two;
        }
    }

    private static NearCache cache() {
        return NearCache.holding(BYTES, Duration.ofMinutes(5));
    }

    private TieredSessionStore following(Bus bus) {
        TieredSessionStore node = node(bus);
        node.followInvalidations().subscribe();
        clock.advance(Duration.ofMillis(1));
        return node;
    }

    private TieredSessionStore node(@org.jspecify.annotations.Nullable Invalidations invalidations) {
        var builder = TieredSessionStore.of(cache(), shared).settings(SETTINGS).clock(clock);
        return (invalidations == null ? builder : builder.invalidations(invalidations)).build();
    }

    /** Tells everybody within the process. */
    private static final class Bus implements Invalidations {

        private final Sinks.Many<SessionId> sink = Sinks.many().multicast().directBestEffort();

        @Override
        public Mono<Void> publish(SessionId id) {
            return Mono.fromRunnable(() -> {
                synchronized (sink) {
                    sink.tryEmitNext(id);
                }
            });
        }

        @Override
        public Flux<SessionId> received() {
            return sink.asFlux();
        }
    }

    private static final class Deaf implements Invalidations {

        @Override
        public Mono<Void> publish(SessionId id) {
            return Mono.error(new SessionException.Unavailable("deaf", null));
        }

        @Override
        public Flux<SessionId> received() {
            return Flux.never();
        }
    }
}
