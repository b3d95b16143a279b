package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionId;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When other nodes last told of a change, so that a copy from before it is not shown. Sessions share 65,536 times by
 * their ids: one that shares its time with a changed one is read from the durable store once more.
 */
final class HeardChanges {

    private static final int TIMES = 1 << 16;

    private final AtomicLongArray times;

    private HeardChanges(int length) {
        times = new AtomicLongArray(length);
    }

    static HeardChanges ofOthers() {
        return new HeardChanges(TIMES);
    }

    static HeardChanges none() {
        return new HeardChanges(1);
    }

    void heard(SessionId id, Instant now) {
        times.accumulateAndGet(place(id), now.toEpochMilli(), Math::max);
    }

    /** Times are in milliseconds: a copy of the same one may be from before. */
    boolean allows(CacheEntry.Copy copy) {
        return copy.confirmedAt().toEpochMilli() > times.get(place(copy.record().id()));
    }

    private int place(SessionId id) {
        return id.hashCode() & (times.length() - 1);
    }
}
