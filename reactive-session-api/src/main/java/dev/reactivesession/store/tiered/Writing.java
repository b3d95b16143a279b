package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.tiered.TieredEvent.InvalidationFailed;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** Writes: to the durable store first, where they are conditional, and then to the cache, before they are acknowledged. */
final class Writing {

    private final Tiers tiers;

    Writing(Tiers tiers) {
        this.tiers = tiers;
    }

    Mono<Boolean> insert(SessionRecord record) {
        return inDoubtUntilDone(record.id(), record.version(), Mono.defer(() -> {
            Instant began = tiers.now();
            return tiers.durable().insert(record).flatMap(done -> done ? inserted(record, began) : Mono.just(false));
        }));
    }

    private Mono<Boolean> inserted(SessionRecord record, Instant began) {
        tiers.distrust().forget(record.id());
        return Copy.isCacheable(record)
                ? tiers.cache()
                        .insert(SlotFormat.held(Copy.of(record, began)))
                        .flatMap(outcome -> written(record, outcome))
                : written(record, CacheOutcome.REFUSED);
    }

    Mono<Boolean> update(SessionRecord record, long basedOn) {
        return inDoubtUntilDone(record.id(), basedOn + 1, Mono.defer(() -> {
            Instant began = tiers.now();
            return tiers.durable()
                    .update(record, basedOn)
                    .flatMap(done -> done ? updated(record, basedOn, began) : refused(record, basedOn, began));
        }));
    }

    private Mono<Boolean> refused(SessionRecord record, long basedOn, Instant began) {
        return tiers.cache()
                .look(record.id())
                .flatMap(slot -> tiers.debts().settleRefused(slot, record.lastAccessedAt()))
                .flatMap(settled -> settled ? tiers.durable().update(record, basedOn) : Mono.just(false))
                .flatMap(done -> done ? updated(record, basedOn, began) : overtaken(record.id(), basedOn));
    }

    /** Whoever overtook this save may not have reached the cache yet: the next read here must not show what was overtaken. */
    private Mono<Boolean> overtaken(SessionId id, long basedOn) {
        tiers.distrust().maybe(id, basedOn + 1);
        return Mono.just(false);
    }

    private Mono<Boolean> updated(SessionRecord record, long basedOn, Instant began) {
        return Copy.isCacheable(record)
                ? tiers.cache()
                        .update(SlotFormat.held(Copy.of(record, began)), basedOn)
                        .flatMap(outcome -> written(record, outcome))
                : written(record, CacheOutcome.REFUSED);
    }

    private Mono<Boolean> written(SessionRecord record, CacheOutcome outcome) {
        SessionId id = record.id();
        if (outcome == CacheOutcome.DONE) {
            return announced(id, true);
        }
        tiers.distrust().atLeast(id, record.version());
        return outcome == CacheOutcome.REFUSED ? dropped(id).then(announced(id, true)) : announced(id, true);
    }

    Mono<Boolean> delete(SessionId id) {
        return inDoubtUntilDone(
                id,
                Distrust.DELETED,
                Mono.defer(() -> tiers.durable().delete(id)).flatMap(existed -> removed(id, existed)));
    }

    /** Brings a removal from the durable store into the cache. */
    <T> Mono<T> removed(SessionId id, T answer) {
        return Mono.defer(() -> {
            tiers.distrust().atLeast(id, Distrust.DELETED);
            return dropped(id).then(announced(id, answer));
        });
    }

    Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return tiers.cache().look(id).flatMap(slot -> touch(id, accessed, expires, slot));
    }

    private Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires, Slot slot) {
        Copy copy = slot.copy();
        boolean kept = copy != null
                && tiers.trust().objection(slot, tiers.now()) == null
                && tiers.trust().mayKeepTouch(copy, accessed, expires);
        Mono<Boolean> durably = Mono.defer(() -> touchDurably(id, accessed, expires, slot));
        return kept ? touchCopy(id, accessed, expires).filter(done -> done).switchIfEmpty(durably) : durably;
    }

    private Mono<Boolean> touchDurably(SessionId id, Instant accessed, Instant expires, Slot slot) {
        return tiers.durable()
                .touch(id, accessed, expires)
                .flatMap(done -> done ? Mono.just(true) : touchSettled(id, accessed, expires, slot))
                .flatMap(done ->
                        done ? touched(id, accessed, expires) : dropped(id).thenReturn(false))
                .onErrorResume(
                        SessionException.Unavailable.class,
                        error -> touchDuringOutage(id, accessed, expires, slot, error));
    }

    private Mono<Boolean> touchSettled(SessionId id, Instant accessed, Instant expires, Slot slot) {
        return tiers.debts()
                .settleRefused(slot, accessed)
                .flatMap(settled -> settled ? tiers.durable().touch(id, accessed, expires) : Mono.just(false));
    }

    /** Touches a lease too: what is filled under it then shows that it missed something. */
    private Mono<Boolean> touched(SessionId id, Instant accessed, Instant expires) {
        return touchCopy(id, accessed, expires).then(announced(id, true));
    }

    private Mono<Boolean> touchCopy(SessionId id, Instant accessed, Instant expires) {
        return tiers.cache().touch(id, accessed, expires).map(CacheOutcome.DONE::equals);
    }

    /** The durable store must not take the session for expired before the touch can be brought to it. */
    private Mono<Boolean> touchDuringOutage(
            SessionId id, Instant accessed, Instant expires, Slot slot, SessionException.Unavailable error) {
        Copy copy = slot.copy();
        return copy != null
                        && tiers.trust().mayAnswerInOutage(slot, tiers.now())
                        && copy.durableDeadline().isAfter(accessed)
                ? touchCopy(id, accessed, expires).filter(done -> done).switchIfEmpty(Mono.error(error))
                : Mono.error(error);
    }

    private Mono<CacheOutcome> dropped(SessionId id) {
        return tiers.cache().delete(id);
    }

    private <T> Mono<T> announced(SessionId id, T answer) {
        Invalidations invalidations = tiers.invalidations();
        return invalidations == null
                ? Mono.just(answer)
                : Mono.defer(() -> invalidations.publish(id))
                        .timeout(tiers.settings().cacheTimeout(), tiers.scheduler())
                        .onErrorResume(error -> notAnnounced(id, error))
                        .thenReturn(answer);
    }

    private Mono<Void> notAnnounced(SessionId id, Throwable error) {
        return Mono.fromRunnable(() -> tiers.events().accept(new InvalidationFailed(id, error)));
    }

    /** A write that failed or was cancelled may have happened all the same. */
    private Mono<Boolean> inDoubtUntilDone(SessionId id, long version, Mono<Boolean> write) {
        return Mono.usingWhen(
                Mono.just(id),
                key -> write,
                key -> Mono.empty(),
                (key, error) -> Mono.fromRunnable(() -> tiers.distrust().maybe(key, version)),
                key -> forsaken(key, version));
    }

    private Mono<CacheOutcome> forsaken(SessionId id, long version) {
        return Mono.defer(() -> {
            tiers.distrust().maybe(id, version);
            return dropped(id);
        });
    }
}
