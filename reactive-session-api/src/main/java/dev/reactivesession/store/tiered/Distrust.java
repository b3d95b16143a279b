package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows to make a copy out of date: the writes that it could not bring into the cache, and the outages that it saw. Bounded: when
 * there are too many writes to remember, every copy from before is out of date.
 */
final class Distrust {

    static final long DELETED = Long.MAX_VALUE;

    private static final int LARGEST = 10_000;

    private final ConcurrentMap<SessionId, Floor> floors = new ConcurrentHashMap<>();

    private final Clock clock;

    private final Duration memory;

    private volatile Instant trustedFrom;

    private volatile Instant forgotten = Instant.MIN;

    Distrust(TieredSettings settings, Clock clock) {
        this.clock = clock;
        this.memory = settings.maxAge().plus(settings.outageReads()).multipliedBy(2);
        this.trustedFrom = clock.instant();
    }

    /** A write was acknowledged that may not have reached the cache. */
    void atLeast(SessionId id, long version) {
        raise(id, version, true);
    }

    /** A write may have happened. */
    void maybe(SessionId id, long version) {
        raise(id, version, false);
    }

    void forget(SessionId id) {
        floors.remove(id);
    }

    /** Times are cut to milliseconds, so that what is of this one may be from before. */
    void everythingUntilNow() {
        trustedFrom = clock.instant().plusMillis(1);
    }

    /** Not even while the durable store is down. */
    void everythingForgotten() {
        everythingUntilNow();
        forgotten = trustedFrom;
    }

    @Nullable
    Floor known(SessionId id) {
        return floors.get(id);
    }

    /** The durable store was asked after that was known, and so had the last word. */
    void confirmed(SessionId id, @Nullable Floor known, long version) {
        if (known != null) {
            floors.replace(id, known, new Floor(version, true, known.until));
        }
    }

    boolean covers(Copy copy, Instant now) {
        Floor floor = floor(copy, now);
        return copy.confirmedAt().isBefore(trustedFrom) || (floor != null && floor.isAbove(copy));
    }

    /** Whether the copy is known to be out of date, rather than in doubt. */
    boolean contradicts(Copy copy, Instant now) {
        Floor floor = floor(copy, now);
        return copy.confirmedAt().isBefore(forgotten) || (floor != null && floor.acknowledged && floor.isAbove(copy));
    }

    private @Nullable Floor floor(Copy copy, Instant now) {
        Floor floor = floors.get(copy.record().id());
        return floor != null && now.isBefore(floor.until) ? floor : null;
    }

    private void raise(SessionId id, long version, boolean acknowledged) {
        Instant now = clock.instant();
        floors.merge(id, new Floor(version, acknowledged, now.plus(memory)), Floor::raisedBy);
        if (floors.size() > LARGEST) {
            makeRoom(now);
        }
    }

    private void makeRoom(Instant now) {
        floors.values().removeIf(floor -> !now.isBefore(floor.until));
        if (floors.size() > LARGEST / 2) {
            everythingForgotten();
            floors.clear();
        }
    }

    record Floor(long version, boolean acknowledged, Instant until) {

        boolean isAbove(Copy copy) {
            return copy.record().version() < version;
        }

        /** What is in doubt above an acknowledged write counts as acknowledged: a read in an outage is then refused rather than wrong. */
        Floor raisedBy(Floor other) {
            Floor higher = version >= other.version ? this : other;
            return new Floor(higher.version, acknowledged || other.acknowledged, other.until);
        }
    }
}
