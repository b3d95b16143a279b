package dev.reactivesession.tiered;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.tiered.TieredSessionStore;
import dev.reactivesession.store.tiered.TieredSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** A node whose cache and durable store lie in one store, for explorations. */
final class Node {

    static final TieredSettings SETTINGS = TieredSettings.defaults()
            .withCacheTimeout(Duration.ofMinutes(1))
            .withDurableTimeout(Duration.ofMinutes(1))
            .withCachePause(1_000, Duration.ofSeconds(1));

    private final RoutedStore cache = RoutedStore.complementary();

    private final TieredSessionStore tiered;

    Node(TieredSettings settings, Clock clock) {
        tiered = TieredSessionStore.of(cache, RoutedStore.plain())
                .settings(settings)
                .clock(clock)
                .build();
    }

    void losesItsCache() {
        cache.unreachable(true);
    }

    void regainsItsCache() {
        cache.unreachable(false);
    }

    Mono<SessionRecord> find(SessionStore way, SessionId id) {
        return RoutedStore.by(way, tiered.find(id));
    }

    Mono<Boolean> insert(SessionStore way, SessionRecord record) {
        return RoutedStore.by(way, tiered.insert(record));
    }

    Mono<Boolean> update(SessionStore way, SessionRecord record, long basedOn) {
        return RoutedStore.by(way, tiered.update(record, basedOn));
    }

    Mono<Boolean> touch(SessionStore way, SessionRecord times) {
        return RoutedStore.by(way, tiered.touch(times.id(), times.lastAccessedAt(), times.expiresAt()));
    }

    Mono<Boolean> delete(SessionStore way, SessionId id) {
        return RoutedStore.by(way, tiered.delete(id));
    }

    Mono<Boolean> sweep(SessionStore way, SessionRecord expired) {
        ExpiredSessions power = tiered.power(ExpiredSessions.class).orElseThrow();
        return RoutedStore.by(
                way,
                power.deleteExpired(List.of(expired.id()), expired.expiresAt()).hasElements());
    }

    /** As a vault does: a copy that does not prove the token refuses nobody. */
    Mono<Boolean> opens(SessionStore way, SessionRecord proven, Instant now) {
        return RoutedStore.by(
                way,
                tiered.find(proven.id())
                        .filter(found -> isProof(found, proven, now))
                        .switchIfEmpty(Mono.defer(() -> tiered.findDurable(proven.id())))
                        .filter(found -> isProof(found, proven, now))
                        .hasElement());
    }

    private static boolean isProof(SessionRecord found, SessionRecord proven, Instant now) {
        return Arrays.equals(found.proof(), proven.proof()) && !found.isExpiredAt(now);
    }

    Optional<SessionRecord> found(SessionStore store, SessionId id) {
        return find(store, id).blockOptional(Duration.ofSeconds(10));
    }
}
