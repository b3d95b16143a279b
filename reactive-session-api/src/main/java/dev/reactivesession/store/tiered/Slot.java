package dev.reactivesession.store.tiered;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a look into the cache found under an id. */
sealed interface Slot {

    Slot EMPTY = new Empty();

    Slot UNREACHABLE = new Unreachable();

    Slot UNREADABLE = new Unreadable();

    /** The copy in it, served or not. */
    default @Nullable Copy copy() {
        return null;
    }

    record Empty() implements Slot {}

    record Unreachable() implements Slot {}

    record Unreadable() implements Slot {}

    record Held(Copy copy) implements Slot {}

    /** Somebody reads the durable store, and may then replace this lease, and nothing but this lease, by what was read. */
    record Leased(long stamp, Instant until, @Nullable Copy copy) implements Slot {}
}
