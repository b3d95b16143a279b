package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** Takes the right to fill a slot. */
final class Leases {

    private static final long FIRST_STAMP = 1L << 52;

    private static final long LAST_STAMP = 1L << 53;

    private static final int LEASES_UNTIL_REMOVABLE = 10;

    /** Not for ever: a cache may keep an abandoned lease for as long as a session that was used then. */
    private static final Duration LONGEST_UNUSED = Duration.ofHours(1);

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
        Duration lease = tiers.settings().lease();
        return SlotFormat.lease(
                id,
                stamp,
                now.plus(lease),
                now.minus(LONGEST_UNUSED),
                now.plus(lease.multipliedBy(LEASES_UNTIL_REMOVABLE)));
    }

    /** A lease over a copy has the times of the copy; one over nothing has none that are older than a bound. */
    static boolean mayFill(SessionRecord record, Slot slot, Instant began) {
        return slot.copy() != null || record.lastAccessedAt().isAfter(began.minus(LONGEST_UNUSED));
    }

    private long newStamp() {
        return tiers.random().nextLong(FIRST_STAMP, LAST_STAMP);
    }

    private static Mono<Long> stampIfDone(Mono<CacheOutcome> command, long stamp) {
        return command.filter(CacheOutcome.DONE::equals).map(done -> stamp);
    }
}
