package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.r2dbc.R2dbcSessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.tiered.TieredEvent;
import dev.reactivesession.store.tiered.TieredSessionStore;
import dev.reactivesession.store.tiered.TieredSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Redis in front of PostgreSQL, each killed while sixteen visitors save and read. */
@Timeout(120)
class TieredOutageTest {

    private static final int VISITORS = 16;

    private final Set<Class<?>> seen = ConcurrentHashMap.newKeySet();

    private final ConcurrentLinkedQueue<SessionRecord> acknowledged = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean enough = new AtomicBoolean();

    @Test
    void aCacheKilledAndRestartedUnderLoadCostsNoRequestAndShowsNothingWrong() {
        try (Durable durable = Durable.start();
                RedisNode redis = RedisNode.start()) {
            TieredSessionStore store = tiered(Backend.connect(redis), durable);
            Mono<List<SessionRecord>> visits = visitors(store).collectList();
            Mono<Void> outage = whenSaved(20)
                    .then(blocking(redis::kill))
                    .then(whenSaved(40))
                    .then(whenSeen(TieredEvent.CachePaused.class))
                    .then(blocking(redis::restart))
                    .then(whenSeen(TieredEvent.CacheResumed.class))
                    .then(whenSaved(60))
                    .then(Mono.fromRunnable(() -> enough.set(true)));
            List<SessionRecord> last = Mono.zip(visits, outage.thenReturn(true))
                    .block(Duration.ofSeconds(100))
                    .getT1();
            assertThat(last).hasSize(VISITORS);
            last.forEach(record ->
                    assertThat(durable.store().find(record.id()).block()).isEqualTo(record));
        }
    }

    @Test
    void aDurableStoreKilledUnderLoadFailsWritesInTimeAndLosesNothingAcknowledged() {
        try (Durable durable = Durable.start();
                RedisNode redis = RedisNode.start()) {
            TieredSessionStore store = tiered(Backend.connect(redis), durable);
            Flux<Throwable> failures = Flux.range(0, VISITORS)
                    .flatMap(
                            visitor ->
                                    visit(store).then(Mono.<Throwable>empty()).onErrorResume(Mono::just),
                            VISITORS);
            Mono<Void> outage = whenSaved(20).then(blocking(durable::close));
            List<Throwable> errors = Mono.zip(failures.collectList(), outage.thenReturn(true))
                    .block(Duration.ofSeconds(100))
                    .getT1();
            assertThat(errors)
                    .hasSize(VISITORS)
                    .allSatisfy(error -> assertThat(error).isInstanceOf(SessionException.Unavailable.class));
            assertNothingLost(durable);
        }
    }

    private void assertNothingLost(Durable durable) {
        try (Durable again = durable.again()) {
            R2dbcSessionStore store = again.store();
            assertThat(acknowledged).isNotEmpty();
            acknowledged.forEach(record ->
                    assertThat(store.find(record.id()).block().version()).isGreaterThanOrEqualTo(record.version()));
        }
    }

    private TieredSessionStore tiered(LettuceConnectionFactory redis, Durable durable) {
        return TieredSessionStore.of(RedisSessionStore.create(redis, RedisSessionSettings.defaults()), durable.store())
                .settings(TieredSettings.defaults().withDurableTimeout(Duration.ofSeconds(10)))
                .events(event -> seen.add(event.getClass()))
                .build();
    }

    private Flux<SessionRecord> visitors(TieredSessionStore store) {
        return Flux.range(0, VISITORS).flatMap(visitor -> visit(store), VISITORS);
    }

    /** Saves and reads what it saved, again and again. */
    private Mono<SessionRecord> visit(TieredSessionStore store) {
        SessionRecord first = begin();
        return store.insert(first)
                .thenReturn(first)
                .expand(record -> enough.get() ? Mono.empty() : again(store, record))
                .last();
    }

    private Mono<SessionRecord> again(TieredSessionStore store, SessionRecord record) {
        SessionRecord next = next(record);
        return store.update(next, record.version())
                .doOnNext(saved -> assertThat(saved).isTrue())
                .doOnNext(saved -> acknowledged.add(next))
                .then(store.find(next.id()))
                .doOnNext(found -> assertThat(found).isEqualTo(next))
                .single();
    }

    private Mono<Void> whenSaved(int each) {
        int target = each * VISITORS;
        return Mono.fromSupplier(() -> acknowledged.size())
                .repeatWhen(ends -> ends.delayElements(Duration.ofMillis(10)))
                .takeUntil(size -> size >= target)
                .then();
    }

    private Mono<Void> whenSeen(Class<? extends TieredEvent> event) {
        return Mono.fromSupplier(() -> seen.contains(event))
                .repeatWhen(ends -> ends.delayElements(Duration.ofMillis(10)))
                .takeUntil(is -> is)
                .then();
    }

    private static Mono<Void> blocking(Runnable action) {
        return Mono.<Void>fromRunnable(action).subscribeOn(Schedulers.boundedElastic());
    }

    private static SessionRecord begin() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Duration idle = Duration.ofMinutes(30);
        return new SessionRecord(
                new SessionId(random.nextLong(), random.nextLong()),
                new byte[] {1},
                1,
                now,
                now,
                idle,
                now.plus(idle),
                "alice",
                new byte[200]);
    }

    private static SessionRecord next(SessionRecord record) {
        return new SessionRecord(
                record.id(),
                record.proof(),
                record.version() + 1,
                record.createdAt(),
                record.lastAccessedAt(),
                record.idleTimeout(),
                record.expiresAt(),
                record.principal(),
                new byte[200]);
    }
}
