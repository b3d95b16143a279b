package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.TimeLimit;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * The cache as an operation uses it: a failure is no error, and no answer is waited for longer than a bound. A command
 * is true when it was carried out, false when the cache refused it, and empty when the cache failed or cannot hold the
 * record.
 */
record GuardedCache(SessionStore cache, TimeLimit limit, CacheCircuit circuit) {

    private static final int SWEPT_AT_ONCE = 200;

    Mono<CacheEntry> look(SessionId id) {
        return guarded(
                        () -> inTime(cache.find(id)).map(CacheEntry::of).defaultIfEmpty(CacheEntry.None.ABSENT),
                        Mono.just(CacheEntry.None.UNREADABLE))
                .defaultIfEmpty(CacheEntry.None.UNREACHABLE);
    }

    Mono<Boolean> insert(SessionRecord entry) {
        return guarded(() -> inTime(cache.insert(entry)), without(entry));
    }

    Mono<Boolean> update(SessionRecord entry, long basedOn) {
        return guarded(() -> inTime(cache.update(entry, basedOn)), without(entry));
    }

    /** No copy is better than an older one. */
    private Mono<Boolean> without(SessionRecord entry) {
        return Mono.defer(() -> delete(entry.id())).then(Mono.empty());
    }

    Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return guarded(() -> inTime(cache.touch(id, accessed, expires)), Mono.empty());
    }

    Mono<Boolean> delete(SessionId id) {
        return guarded(() -> inTime(cache.delete(id)), Mono.empty());
    }

    boolean canDeleteAll() {
        return cache.power(AllSessions.class).isPresent();
    }

    /** Takes as long as it takes: there may be much to remove. */
    Mono<Long> deleteAll() {
        return Mono.justOrEmpty(cache.power(AllSessions.class))
                .flatMap(power -> guarded(power::deleteAll, Mono.empty()));
    }

    /** For a cache without native expiry. */
    Mono<Long> sweep(Instant now) {
        return Mono.justOrEmpty(cache.power(ExpiredSessions.class))
                .flatMap(power -> guarded(() -> sweep(power, now), Mono.empty()));
    }

    private Mono<Long> sweep(ExpiredSessions power, Instant now) {
        return power.expired(now)
                .buffer(SWEPT_AT_ONCE)
                .concatMap(ids -> inTime(power.deleteExpired(ids, now).count()))
                .count();
    }

    private <T> Mono<T> inTime(Mono<T> operation) {
        return limit.on(
                operation,
                () -> new TimeoutException("the cache did not answer within " + limit.bound()
                        + " (reactive-session.tiered.cache-timeout)"));
    }

    private <T> Mono<T> guarded(Supplier<Mono<T>> operation, Mono<T> whenTheRecordIsWrong) {
        return Mono.defer(() -> circuit.admits() ? attempt(operation, whenTheRecordIsWrong) : Mono.empty());
    }

    private <T> Mono<T> attempt(Supplier<Mono<T>> operation, Mono<T> whenTheRecordIsWrong) {
        return Mono.defer(operation)
                .doOnSuccess(answer -> circuit.succeeded())
                .onErrorResume(error -> isAboutOneRecord(error) ? whenTheRecordIsWrong : failed(error));
    }

    private static boolean isAboutOneRecord(Throwable error) {
        return error instanceof SessionException.TooLarge || error instanceof SessionException.Unreadable;
    }

    private <T> Mono<T> failed(Throwable error) {
        circuit.failed(error);
        return Mono.empty();
    }
}
