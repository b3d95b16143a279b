package dev.reactivesession.store.tiered;

import dev.reactivesession.store.tiered.CacheEntry.Copy;
import dev.reactivesession.store.tiered.CacheEntry.None;
import dev.reactivesession.store.tiered.TieredEvent.Reason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Says whether an entry of the cache may answer a read. Only a copy may, and only that the session is there. */
record CopyPolicy(TieredSettings settings, SeenVersions seen, HeardChanges heard) {

    /** Why the durable store must be asked; null when the copy may answer. */
    @Nullable
    Reason objection(CacheEntry entry, Instant now) {
        if (entry instanceof Copy copy) {
            return objection(copy, now);
        }
        return entry instanceof None none ? none.reason() : Reason.DELETED;
    }

    private @Nullable Reason objection(Copy copy, Instant now) {
        if (copy.record().isExpiredAt(now)) {
            return Reason.EXPIRED;
        }
        if (isOlderThan(settings.maxAge(), copy, now)) {
            return Reason.OLD;
        }
        return seen.allows(copy, now) && heard.allows(copy) ? null : Reason.DOUBTED;
    }

    /** While the durable store is away, an older copy may answer, if the application chose so. */
    boolean mayAnswerInOutage(Copy copy, Instant now) {
        return !copy.record().isExpiredAt(now)
                && !isOlderThan(settings.outageReads(), copy, now)
                && seen.allows(copy, now);
    }

    private static boolean isOlderThan(Duration age, Copy copy, Instant now) {
        return !copy.confirmedAt().plus(age).isAfter(now)
                || copy.confirmedAt().isAfter(now.plus(TieredSettings.CLOCK_DIFFERENCE));
    }
}
