package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.tiered.CacheEntry.Copy;
import dev.reactivesession.store.tiered.CacheEntry.None;
import dev.reactivesession.store.tiered.TieredEvent.Hit;
import dev.reactivesession.store.tiered.TieredEvent.Miss;
import dev.reactivesession.store.tiered.TieredEvent.OutageRead;
import dev.reactivesession.store.tiered.TieredEvent.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** Reads: from a copy that may answer, or else from the durable store, which leaves a copy behind. */
record ReadThrough(
        DurableStore durable,
        Copies copies,
        CopyPolicy policy,
        SeenVersions seen,
        Clock clock,
        Consumer<TieredEvent> events) {

    Mono<SessionRecord> find(SessionId id) {
        return copies.look(id).flatMap(entry -> find(id, entry));
    }

    Mono<SessionRecord> findDurable(SessionId id) {
        return copies.look(id).flatMap(entry -> confirmed(id, durable.findDurable(id), entry));
    }

    private Mono<SessionRecord> find(SessionId id, CacheEntry entry) {
        Reason objection = policy.objection(entry, clock.instant());
        if (objection == null && entry instanceof Copy copy) {
            events.accept(new Hit(id));
            return Mono.just(shown(copy.record()));
        }
        events.accept(new Miss(id, objection == null ? Reason.ABSENT : objection));
        return confirmed(id, durable.ask(store -> store.find(id)), entry)
                .onErrorResume(SessionException.Unavailable.class, error -> duringOutage(entry, error));
    }

    private Mono<SessionRecord> confirmed(SessionId id, Mono<SessionRecord> read, CacheEntry entry) {
        return Mono.defer(() -> {
            Instant began = clock.instant();
            return read.flatMap(record -> filled(new Copy(shown(record), began), entry))
                    .switchIfEmpty(Mono.defer(() -> absent(id, entry)));
        });
    }

    private Mono<SessionRecord> filled(Copy copy, CacheEntry entry) {
        return copy.record().isExpiredAt(clock.instant())
                ? Mono.just(copy.record())
                : copies.put(copy, entry).thenReturn(copy.record());
    }

    /** An unknown id leaves nothing behind, neither in the cache nor here: anybody can make up ids. */
    private Mono<SessionRecord> absent(SessionId id, CacheEntry entry) {
        if (!(entry instanceof None) || seen.has(id)) {
            seen.deletion(id);
        }
        return entry instanceof Copy ? copies.putTombstone(id, entry).then(Mono.empty()) : Mono.empty();
    }

    private SessionRecord shown(SessionRecord record) {
        seen.record(record.id(), record.version(), record.lastAccessedAt());
        return record;
    }

    private Mono<SessionRecord> duringOutage(CacheEntry entry, SessionException.Unavailable error) {
        Instant now = clock.instant();
        if (!(entry instanceof Copy copy) || !policy.mayAnswerInOutage(copy, now)) {
            return Mono.error(error);
        }
        events.accept(new OutageRead(copy.record().id(), Duration.between(copy.confirmedAt(), now)));
        return Mono.just(shown(copy.record()));
    }
}
