package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.tiered.TieredEvent.OutageRead;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Mono;

/**
 * A read that goes to the durable store, and fills the cache on its way back. It takes a lease on the slot first and fills only what it holds the
 * lease of: every write takes the lease away, so that no read that began before a write, however late it is, can bring back what it saw.
 */
final class Reading {

    private static final long NO_LEASE = 0;

    private final Tiers tiers;

    private final Leases leases;

    Reading(Tiers tiers) {
        this.tiers = tiers;
        this.leases = new Leases(tiers);
    }

    Mono<SessionRecord> read(SessionId id, Slot slot) {
        return leases.take(id, slot).defaultIfEmpty(NO_LEASE).flatMap(lease -> read(id, slot, lease));
    }

    private Mono<SessionRecord> read(SessionId id, Slot slot, long lease) {
        return Mono.defer(() -> confirm(id, slot))
                .flatMap(copy -> fill(copy, lease, slot))
                .switchIfEmpty(Mono.defer(() -> clear(id, slot, lease)))
                .onErrorResume(SessionException.Unavailable.class, error -> duringOutage(slot, error));
    }

    private Mono<Copy> confirm(SessionId id, Slot slot) {
        Instant began = tiers.now();
        Distrust.Floor known = tiers.distrust().known(id);
        return tiers.durable()
                .find(id)
                .doOnNext(record -> tiers.distrust().confirmed(id, known, record.version()))
                .map(record -> Copy.of(record, began))
                .flatMap(copy -> tiers.debts().settleIfDue(copy, slot.copy(), began));
    }

    private Mono<SessionRecord> fill(Copy copy, long lease, Slot slot) {
        SessionRecord record = copy.record();
        if (lease == NO_LEASE) {
            return Mono.just(record);
        }
        Instant now = tiers.now();
        return Copy.isCacheable(record) && !record.isExpiredAt(now) && Leases.mayFill(record, slot, now)
                ? tiers.cache().update(SlotFormat.held(copy), lease).thenReturn(record)
                : tiers.cache().delete(record.id()).thenReturn(record);
    }

    private Mono<SessionRecord> clear(SessionId id, Slot slot, long lease) {
        return lease != NO_LEASE || slot.copy() != null
                ? tiers.cache().delete(id).then(Mono.empty())
                : Mono.empty();
    }

    private Mono<SessionRecord> duringOutage(Slot slot, SessionException.Unavailable error) {
        Instant now = tiers.now();
        Copy copy = slot.copy();
        if (copy == null || !tiers.trust().mayAnswerInOutage(slot, now)) {
            return Mono.error(error);
        }
        SessionRecord record = copy.record();
        tiers.events().accept(new OutageRead(record.id(), Duration.between(copy.confirmedAt(), now)));
        return Mono.just(record);
    }
}
