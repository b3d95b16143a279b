package dev.reactivesession.store.tiered;

import dev.reactivesession.store.tiered.TieredEvent.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Says whether the cache alone may answer. */
final class Trust {

    private final TieredSettings settings;

    private final Distrust distrust;

    Trust(TieredSettings settings, Distrust distrust) {
        this.settings = settings;
        this.distrust = distrust;
    }

    /** Null: it may. */
    @Nullable
    Reason objection(Slot slot, Instant now) {
        if (slot instanceof Slot.Held held) {
            return objection(held.copy(), now);
        }
        return slot instanceof Slot.Without without ? without.reason() : Reason.LEASED;
    }

    private @Nullable Reason objection(Copy copy, Instant now) {
        if (copy.record().isExpiredAt(now)) {
            return Reason.EXPIRED;
        }
        if (copy.isOlderThan(settings.maxAge(), now)) {
            return Reason.OLD;
        }
        if (copy.disturbed() || distrust.covers(copy, now)) {
            return Reason.DOUBTED;
        }
        return copy.isOwingWithin(settings.lagOf(copy.record().idleTimeout()), now) ? Reason.OWING : null;
    }

    /** Whether the touch may stay in the cache: the durable store keeps up, and does not take the session for expired meanwhile. */
    boolean mayKeepTouch(Copy copy, Instant accessed, Instant expires) {
        var lag = settings.lagOf(copy.record().idleTimeout());
        return !copy.record().isExpiredAt(accessed)
                && copy.durableDeadline().isAfter(accessed.plus(lag))
                && copy.durableDeadline().plus(lag).isAfter(expires)
                && copy.durableAccess().plus(lag).isAfter(accessed);
    }

    boolean mayAnswerInOutage(Slot slot, Instant now) {
        Copy copy = slot.copy();
        return copy != null
                && !copy.record().isExpiredAt(now)
                && !copy.isOlderThan(settings.outageReads(), now)
                && !distrust.contradicts(copy, now);
    }
}
