package dev.reactivesession.store.tiered;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a look into the cache found under an id. */
sealed interface Slot {

    /** The copy in it, served or not. */
    default @Nullable Copy copy() {
        return null;
    }

    enum Without implements Slot {
        EMPTY(TieredEvent.Reason.ABSENT),
        UNREACHABLE(TieredEvent.Reason.UNREACHABLE),
        UNREADABLE(TieredEvent.Reason.UNREADABLE);

        private final TieredEvent.Reason reason;

        Without(TieredEvent.Reason reason) {
            this.reason = reason;
        }

        TieredEvent.Reason reason() {
            return reason;
        }
    }

    record Held(Copy copy) implements Slot {}

    /** Somebody reads the durable store, and may then replace this lease, and nothing but this lease, by what was read. */
    record Leased(long stamp, Instant until, @Nullable Copy copy) implements Slot {}
}
