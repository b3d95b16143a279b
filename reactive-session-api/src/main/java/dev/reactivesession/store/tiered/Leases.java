package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** Takes the right to fill a slot. */
final class Leases {

    private static final long FIRST_STAMP = 1L << 52;

    private static final long LAST_STAMP = 1L << 53;

    private static final int LEASES_UNTIL_REMOVABLE = 10;

    private final Tiers tiers;

    Leases(Tiers tiers) {
        this.tiers = tiers;
    }

    /** The stamp of the lease; empty when somebody else has one, or the cache is of no use now. */
    Mono<Long> take(SessionId id, Slot slot) {
        if (slot == Slot.Without.EMPTY) {
            return takeEmpty(id);
        }
        Instant now = tiers.now();
        if (slot instanceof Slot.Held held) {
            return takeOver(held.copy(), held.copy().record().version(), now);
        }
        if (slot instanceof Slot.Leased leased) {
            return takeExpired(id, leased, now);
        }
        return slot == Slot.Without.UNREADABLE ? tiers.cache().delete(id).then(Mono.empty()) : Mono.empty();
    }

    private Mono<Long> takeEmpty(SessionId id) {
        long stamp = newStamp();
        return stampIfDone(tiers.cache().insert(fresh(id, stamp)), stamp);
    }

    private Mono<Long> takeExpired(SessionId id, Slot.Leased leased, Instant now) {
        if (leased.until().isAfter(now)) {
            return Mono.empty();
        }
        Copy copy = leased.copy();
        if (copy != null) {
            return takeOver(copy, leased.stamp(), now);
        }
        long stamp = newStamp();
        return stampIfDone(tiers.cache().update(fresh(id, stamp), leased.stamp()), stamp);
    }

    /** What has expired cannot be updated: it makes room for the next read. */
    private Mono<Long> takeOver(Copy copy, long basedOn, Instant now) {
        if (copy.record().isExpiredAt(now)) {
            return tiers.cache().delete(copy.record().id()).then(Mono.empty());
        }
        long stamp = newStamp();
        SessionRecord lease =
                SlotFormat.lease(copy, stamp, now.plus(tiers.settings().lease()));
        return stampIfDone(tiers.cache().update(lease, basedOn), stamp);
    }

    private SessionRecord fresh(SessionId id, long stamp) {
        Instant now = tiers.now();
        var lease = tiers.settings().lease();
        return SlotFormat.lease(id, stamp, now.plus(lease), now.plus(lease.multipliedBy(LEASES_UNTIL_REMOVABLE)));
    }

    private long newStamp() {
        return tiers.random().nextLong(FIRST_STAMP, LAST_STAMP);
    }

    private static Mono<Long> stampIfDone(Mono<CacheOutcome> command, long stamp) {
        return command.filter(CacheOutcome.DONE::equals).map(done -> stamp);
    }
}
