package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The newest state of each session that this node has shown or written lately, so that it shows nothing older. An
 * entry is kept until every older copy has reached its maximum age. Of more than 100,000 sessions the oldest entries
 * go first; for those this node is like any other.
 */
final class SeenVersions {

    private static final int MOST = 100_000;

    private record Seen(SessionId id, long version, Instant accessed, Instant until) {

        boolean covers(long otherVersion, Instant otherAccessed) {
            return version >= otherVersion && !accessed.isBefore(otherAccessed);
        }

        Seen and(Seen later) {
            return new Seen(
                    id,
                    Math.max(version, later.version),
                    accessed.isAfter(later.accessed) ? accessed : later.accessed,
                    later.until);
        }
    }

    private final ConcurrentMap<SessionId, Seen> newest = new ConcurrentHashMap<>();

    private final Queue<Seen> inOrder = new ConcurrentLinkedQueue<>();

    private final AtomicInteger kept = new AtomicInteger();

    private final Clock clock;

    private final Duration memory;

    private volatile Instant emptiedAt = Instant.MIN;

    SeenVersions(Clock clock, Duration memory) {
        this.clock = clock;
        this.memory = memory;
    }

    /** From now on no copy of an older version is shown. */
    void version(SessionId id, long version) {
        add(id, version, Instant.MIN);
    }

    /** From now on no copy with an earlier last use is shown. */
    void use(SessionId id, Instant accessed) {
        add(id, 0, accessed);
    }

    void record(SessionId id, long version, Instant accessed) {
        add(id, version, accessed);
    }

    /** From now on no copy is shown. */
    void deletion(SessionId id) {
        add(id, CacheEntry.LAST_VERSION, Instant.MIN);
    }

    /** From now on no copy is shown that was confirmed before this time. */
    void deletionOfAllBefore(Instant time) {
        emptiedAt = time;
    }

    boolean has(SessionId id) {
        return current(id, clock.instant()) != null;
    }

    boolean allows(CacheEntry.Copy copy, Instant now) {
        Seen seen = current(copy.record().id(), now);
        return !copy.confirmedAt().isBefore(emptiedAt)
                && (seen == null
                        || (copy.version() >= seen.version
                                && !copy.record().lastAccessedAt().isBefore(seen.accessed)));
    }

    private @Nullable Seen current(SessionId id, Instant now) {
        Seen seen = newest.get(id);
        return seen != null && now.isBefore(seen.until) ? seen : null;
    }

    private void add(SessionId id, long version, Instant accessed) {
        Instant now = clock.instant();
        Seen before = current(id, now);
        if (before == null || !before.covers(version, accessed)) {
            Seen seen = new Seen(id, version, accessed, now.plus(memory));
            inOrder.add(newest.merge(id, seen, Seen::and));
            kept.incrementAndGet();
            forget(now);
        }
    }

    private void forget(Instant now) {
        Seen oldest = inOrder.peek();
        while (oldest != null && (kept.get() > MOST || !now.isBefore(oldest.until))) {
            if (inOrder.remove(oldest)) {
                newest.remove(oldest.id, oldest);
                kept.decrementAndGet();
            }
            oldest = inOrder.peek();
        }
    }
}
