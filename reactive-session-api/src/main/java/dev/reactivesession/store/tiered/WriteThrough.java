package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.tiered.CacheEntry.Copy;
import java.time.Clock;
import java.time.Instant;
import reactor.core.publisher.Mono;

/**
 * Writes: to the durable store, then to the cache, then to the other nodes. Before a write is sent, this node stops
 * showing copies of anything older, so a write with an unknown end needs no rule of its own.
 */
record WriteThrough(
        DurableStore durable,
        Copies copies,
        CopyPolicy policy,
        SeenVersions seen,
        Clock clock,
        Announcements announcements) {

    Mono<Boolean> insert(SessionRecord record) {
        return Mono.defer(() -> {
            Copy copy = new Copy(record, clock.instant());
            return durable.ask(store -> store.insert(record))
                    .flatMap(done -> done ? copies.putFirst(copy).thenReturn(true) : Mono.just(false));
        });
    }

    Mono<Boolean> update(SessionRecord record, long basedOn) {
        return Mono.defer(() -> {
            Copy copy = new Copy(record, clock.instant());
            // a refused save is overtaken by that version, too
            seen.version(record.id(), basedOn + 1);
            return durable.ask(store -> store.update(record, basedOn))
                    .flatMap(done -> done ? updated(copy, basedOn) : Mono.just(false));
        });
    }

    private Mono<Boolean> updated(Copy copy, long basedOn) {
        SessionRecord record = copy.record();
        seen.record(record.id(), record.version(), record.lastAccessedAt());
        return copies.putNext(copy, basedOn).then(announcements.announced(record.id(), true));
    }

    Mono<Boolean> delete(SessionId id) {
        return Mono.defer(() -> {
            seen.deletion(id);
            return durable.ask(store -> store.delete(id)).flatMap(existed -> deleted(id, existed));
        });
    }

    <T> Mono<T> deleted(SessionId id, T answer) {
        return Mono.defer(() -> {
            seen.deletion(id);
            return spread(id, answer);
        });
    }

    /** Brings a deletion from the durable store into the cache and to the other nodes. */
    <T> Mono<T> spread(SessionId id, T answer) {
        return copies.putTombstone(id).then(announcements.announced(id, answer));
    }

    Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return durable.ask(store -> store.touch(id, accessed, expires))
                .flatMap(done -> done ? touched(id, accessed, expires) : deleted(id, false))
                .onErrorResume(
                        SessionException.Unavailable.class, error -> touchedInOutage(id, accessed, expires, error));
    }

    private Mono<Boolean> touched(SessionId id, Instant accessed, Instant expires) {
        seen.use(id, accessed);
        return copies.touch(id, accessed, expires).then(announcements.announced(id, true));
    }

    /** The copy alone is touched; the session keeps the deadline that the durable store knows. */
    private Mono<Boolean> touchedInOutage(
            SessionId id, Instant accessed, Instant expires, SessionException.Unavailable error) {
        return copies.look(id)
                .filter(entry -> entry instanceof Copy copy && policy.mayAnswerInOutage(copy, clock.instant()))
                .flatMap(entry -> copies.touch(id, accessed, expires).thenReturn(true))
                .switchIfEmpty(Mono.error(error));
    }
}
