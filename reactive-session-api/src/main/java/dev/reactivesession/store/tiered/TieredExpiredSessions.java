package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.ExpiredSessions;
import java.time.Instant;
import java.util.Collection;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A sweep of the durable store. It removes the copies of the swept sessions and remembers nothing of them: the copy of
 * an expired session answers no read anyway.
 */
record TieredExpiredSessions(ExpiredSessions durable, GuardedCache cache) implements ExpiredSessions {

    private static final int REMOVED_AT_ONCE = 16;

    @Override
    public Flux<SessionId> expired(Instant now) {
        return durable.expired(now).concatWith(cache.sweep(now).thenMany(Flux.empty()));
    }

    @Override
    public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
        return durable.deleteExpired(ids, now).concatWith(copiesRemoved(ids));
    }

    /** Of all that are named: an earlier sweep may have ended before it came to the copies. */
    private Flux<SessionId> copiesRemoved(Collection<SessionId> ids) {
        return Flux.fromIterable(ids).flatMap(cache::delete, REMOVED_AT_ONCE).thenMany(Flux.empty());
    }

    @Override
    public Mono<Instant> storeTime() {
        return durable.storeTime();
    }
}
