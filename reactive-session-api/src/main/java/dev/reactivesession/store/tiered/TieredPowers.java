package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionsByPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The optional powers of the durable store, brought through to the cache. */
final class TieredPowers {

    private static final int BATCH = 200;

    private static final Instant AFTER_EVERY_DEADLINE = Instant.parse("9999-01-01T00:00:00Z");

    private static final int CACHE_CALLS_AT_ONCE = 16;

    private final Tiers tiers;

    private final Writing writing;

    private final SessionStore cache;

    private final SessionStore durable;

    TieredPowers(Tiers tiers, Writing writing, SessionStore cache, SessionStore durable) {
        this.tiers = tiers;
        this.writing = writing;
        this.cache = cache;
        this.durable = durable;
    }

    Flux<SessionId> expired(Instant now) {
        return ((ExpiredSessions) durable).expired(now).concatWith(Flux.defer(() -> sweepCache(now)));
    }

    /** A cache may lack native expiry. What this removes was of no use any more, so nobody is told. */
    private Flux<SessionId> sweepCache(Instant now) {
        return cache instanceof ExpiredSessions power
                ? power.expired(now)
                        .buffer(BATCH)
                        .concatMap(ids -> power.deleteExpired(ids, now))
                        .timeout(tiers.settings().durableTimeout(), tiers.scheduler())
                        .onErrorResume(error -> failed(error))
                        .thenMany(Flux.empty())
                : Flux.empty();
    }

    private Flux<SessionId> failed(Throwable error) {
        tiers.events().accept(new TieredEvent.CacheFailed(error));
        return Flux.empty();
    }

    Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
        return Mono.defer(() -> safeDeadline(ids, now))
                .flatMapMany(deadline -> ((ExpiredSessions) durable).deleteExpired(ids, deadline))
                .flatMap(id -> writing.removed(id, id), CACHE_CALLS_AT_ONCE)
                .concatWith(Flux.defer(() -> withoutDeadCopies(ids, now)));
    }

    /** A removal that was cancelled may have left a copy of what it removed. */
    private Flux<SessionId> withoutDeadCopies(Collection<SessionId> ids, Instant now) {
        return cache instanceof ExpiredSessions power
                ? power.deleteExpired(ids, now)
                        .timeout(tiers.settings().durableTimeout(), tiers.scheduler())
                        .onErrorResume(error -> failed(error))
                        .thenMany(Flux.empty())
                : Flux.empty();
    }

    private Mono<Instant> safeDeadline(Collection<SessionId> ids, Instant now) {
        Duration lag = tiers.settings().largestLag();
        return lag.isZero()
                ? Mono.just(now)
                : tiers.debts().settleAll(ids, now).map(settled -> settled ? now : now.minus(lag));
    }

    Flux<SessionRecord> findByPrincipal(String principal) {
        return byPrincipal().findByPrincipal(principal).flatMap(tiers.debts()::withTouches, CACHE_CALLS_AT_ONCE);
    }

    Mono<Long> countByPrincipal(String principal) {
        return byPrincipal().countByPrincipal(principal);
    }

    Flux<SessionId> deleteByPrincipal(String principal, @Nullable SessionId except) {
        return byPrincipal()
                .deleteByPrincipal(principal, except)
                .flatMap(id -> writing.removed(id, id), CACHE_CALLS_AT_ONCE);
    }

    private SessionsByPrincipal byPrincipal() {
        return (SessionsByPrincipal) durable;
    }

    Mono<Long> deleteAll() {
        return removedOneByOne()
                .flatMap(removed -> ((AllSessions) durable)
                        .deleteAll()
                        .flatMap(rest -> emptyCache().thenReturn(removed + rest)));
    }

    /** What cannot be removed from the cache at once is removed by its id: by a sweep that takes every session for expired. */
    private Mono<Long> removedOneByOne() {
        return durable instanceof ExpiredSessions power && !(cache instanceof AllSessions)
                ? power.expired(AFTER_EVERY_DEADLINE)
                        .buffer(BATCH)
                        .concatMap(ids -> power.deleteExpired(ids, AFTER_EVERY_DEADLINE))
                        .flatMap(id -> writing.removed(id, id), CACHE_CALLS_AT_ONCE)
                        .count()
                : Mono.just(0L);
    }

    private Mono<CacheOutcome> emptyCache() {
        return Mono.defer(() -> {
            tiers.distrust().everythingForgotten();
            return cache instanceof AllSessions power ? tiers.cache().deleteAll(power) : Mono.just(CacheOutcome.DONE);
        });
    }
}
