package dev.reactivesession.tiered;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.tiered.TieredEvent;
import dev.reactivesession.store.tiered.TieredSessionStore;
import dev.reactivesession.store.tiered.TieredSettings;
import dev.reactivesession.test.ControllableClock;
import dev.reactivesession.test.StoreOperation;
import dev.reactivesession.test.StoreProbe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;

/** A node over memory and memory, with a probe around each, and another node beside it. */
final class TwoTiers {

    static final SessionException.Unavailable DOWN = new SessionException.Unavailable("down", null);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int ALWAYS = 1_000;

    private final InMemorySessionStore cacheBehind = new InMemorySessionStore();

    private final InMemorySessionStore durableBehind = new InMemorySessionStore();

    private final StoreProbe cache = StoreProbe.around(cacheBehind);

    private final StoreProbe durable = StoreProbe.around(durableBehind);

    private final ControllableClock clock = ControllableClock.at(Records.START);

    private final List<TieredEvent> events = new CopyOnWriteArrayList<>();

    private final TieredSessionStore store;

    private final TieredSessionStore otherNode;

    TwoTiers(TieredSettings settings) {
        store = TieredSessionStore.of(cache.store(), durable.store())
                .settings(settings)
                .clock(clock)
                .events(events::add)
                .build();
        otherNode = TieredSessionStore.of(cacheBehind, durableBehind)
                .settings(settings)
                .clock(clock)
                .build();
    }

    TieredSessionStore store() {
        return store;
    }

    ExpiredSessions sweep() {
        return store.power(ExpiredSessions.class).orElseThrow();
    }

    SessionStore otherNode() {
        return otherNode;
    }

    StoreProbe cache() {
        return cache;
    }

    StoreProbe durable() {
        return durable;
    }

    ControllableClock clock() {
        return clock;
    }

    List<TieredEvent> events() {
        return events;
    }

    void stored(SessionRecord record) {
        assertThat(insert(record)).isTrue();
        forget();
    }

    void onlyDurably(SessionRecord record) {
        assertThat(result(durableBehind.insert(record))).isTrue();
    }

    /** The cache comes back with what it held at an earlier time. */
    void cacheRestartsWith(SessionRecord... snapshot) {
        result(cacheBehind.deleteAll());
        for (SessionRecord entry : snapshot) {
            assertThat(result(cacheBehind.insert(entry))).isTrue();
        }
    }

    void forget() {
        cache.forget();
        durable.forget();
        events.clear();
    }

    void cacheFails(StoreOperation... operations) {
        List.of(operations).forEach(operation -> cache.failNext(operation, ALWAYS, DOWN));
    }

    void durableFails(StoreOperation... operations) {
        List.of(operations).forEach(operation -> durable.failNext(operation, ALWAYS, DOWN));
    }

    SessionRecord later(SessionRecord record, long seconds) {
        return record.touched(
                record.lastAccessedAt().plusSeconds(seconds), record.expiresAt().plusSeconds(seconds));
    }

    boolean insert(SessionRecord record) {
        return result(store.insert(record));
    }

    boolean update(SessionRecord record) {
        return result(store.update(record, record.version() - 1));
    }

    boolean touch(SessionRecord times) {
        return result(store.touch(times.id(), times.lastAccessedAt(), times.expiresAt()));
    }

    boolean delete(SessionRecord record) {
        return result(store.delete(record.id()));
    }

    Optional<SessionRecord> find(SessionRecord record) {
        return store.find(record.id()).blockOptional(PATIENCE);
    }

    Optional<SessionRecord> findOnOtherNode(SessionRecord record) {
        return otherNode.find(record.id()).blockOptional(PATIENCE);
    }

    Optional<SessionRecord> durably(SessionRecord record) {
        return durableBehind.find(record.id()).blockOptional(PATIENCE);
    }

    Optional<SessionRecord> cached(SessionRecord record) {
        return cacheBehind.find(record.id()).blockOptional(PATIENCE);
    }

    InMemorySessionStore cacheBehind() {
        return cacheBehind;
    }

    InMemorySessionStore durableBehind() {
        return durableBehind;
    }

    static <T> T result(Mono<T> operation) {
        return operation.blockOptional(PATIENCE).orElseThrow();
    }
}
