package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.TimeLimit;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** The cache, of which no failure is an error and no answer is waited for longer than a bound. */
final class GuardedCache {

    private final SessionStore cache;

    private final TimeLimit limit;

    private final CacheCircuit circuit;

    GuardedCache(SessionStore cache, TimeLimit limit, CacheCircuit circuit) {
        this.cache = cache;
        this.limit = limit;
        this.circuit = circuit;
    }

    Mono<Slot> look(SessionId id) {
        return guarded(
                () -> inTime(cache.find(id)).map(SlotFormat::read).defaultIfEmpty(Slot.Without.EMPTY),
                Slot.Without.UNREADABLE,
                Slot.Without.UNREACHABLE);
    }

    Mono<CacheOutcome> insert(SessionRecord slot) {
        return command(() -> cache.insert(slot));
    }

    Mono<CacheOutcome> update(SessionRecord slot, long basedOn) {
        return command(() -> cache.update(slot, basedOn));
    }

    Mono<CacheOutcome> touch(SessionId id, Instant accessed, Instant expires) {
        return command(() -> cache.touch(id, accessed, expires));
    }

    Mono<CacheOutcome> delete(SessionId id) {
        return command(() -> cache.delete(id));
    }

    /** Takes as long as it takes: there may be much to remove. */
    Mono<CacheOutcome> deleteAll(AllSessions power) {
        return guarded(
                () -> power.deleteAll().map(count -> CacheOutcome.DONE), CacheOutcome.REFUSED, CacheOutcome.FAILED);
    }

    private Mono<CacheOutcome> command(Supplier<Mono<Boolean>> command) {
        return guarded(
                () -> inTime(command.get()).map(done -> done ? CacheOutcome.DONE : CacheOutcome.REFUSED),
                CacheOutcome.REFUSED,
                CacheOutcome.FAILED);
    }

    private <T> Mono<T> inTime(Mono<T> operation) {
        return limit.on(
                operation,
                () -> new TimeoutException("the cache did not answer within " + limit.bound()
                        + " (reactive-session.tiered.cache-timeout)"));
    }

    private <T> Mono<T> guarded(Supplier<Mono<T>> operation, T refused, T failed) {
        return Mono.defer(() -> circuit.admits() ? attempt(operation, refused, failed) : Mono.just(failed));
    }

    private <T> Mono<T> attempt(Supplier<Mono<T>> operation, T refused, T failed) {
        return Mono.defer(operation)
                .doOnSuccess(answer -> circuit.succeeded())
                .onErrorResume(error -> Mono.just(isAboutOneRecord(error) ? refused : failed(error, failed)));
    }

    private static boolean isAboutOneRecord(Throwable error) {
        return error instanceof SessionException.TooLarge || error instanceof SessionException.Unreadable;
    }

    private <T> T failed(Throwable error, T answer) {
        circuit.failed(error);
        return answer;
    }
}
