package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.SessionStore;
import java.time.Clock;
import java.time.Instant;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Ends every session: with one command to each store, or by id when the cache cannot be emptied at once. */
record TieredAllSessions(
        AllSessions durable,
        SessionStore durableSessions,
        GuardedCache cache,
        WriteThrough writes,
        SeenVersions seen,
        Clock clock)
        implements AllSessions {

    private static final int BATCH = 200;

    private static final int REMOVED_AT_ONCE = 16;

    private static final Instant AFTER_EVERY_DEADLINE = Instant.parse("9999-01-01T00:00:00Z");

    @Override
    public Mono<Long> deleteAll() {
        return deletedById()
                .flatMap(
                        deleted -> durable.deleteAll().flatMap(rest -> emptied().thenReturn(deleted + rest)));
    }

    private Mono<Long> deletedById() {
        return cache.canDeleteAll()
                ? Mono.just(0L)
                : Mono.justOrEmpty(durableSessions.power(ExpiredSessions.class))
                        .flatMapMany(TieredAllSessions::deleted)
                        .flatMap(id -> writes.spread(id, id), REMOVED_AT_ONCE)
                        .count();
    }

    /** A sweep for which every session has expired. */
    private static Flux<SessionId> deleted(ExpiredSessions power) {
        return power.expired(AFTER_EVERY_DEADLINE)
                .buffer(BATCH)
                .concatMap(ids -> power.deleteExpired(ids, AFTER_EVERY_DEADLINE));
    }

    private Mono<Long> emptied() {
        return Mono.defer(() -> {
            seen.deletionOfAllBefore(clock.instant().plus(TieredSettings.CLOCK_DIFFERENCE));
            return cache.deleteAll();
        });
    }
}
