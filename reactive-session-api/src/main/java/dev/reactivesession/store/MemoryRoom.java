package dev.reactivesession.store;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Makes room in a full memory store: drops what has expired, then the anonymous session that was used longest ago, and
 * never one of a user. Costs nothing until the store is full; then it looks through all records once for every few
 * hundred that it drops.
 */
final class MemoryRoom {

    private static final Logger LOG = Loggers.getLogger(InMemorySessionStore.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    /** One look finds this part of the records to drop, but at least one. */
    private static final int PART = 64;

    private final ConcurrentMap<SessionId, SessionRecord> records;

    private final int maximum;

    private final String setting;

    private final AtomicLong dropped = new AtomicLong();

    private final Deque<SessionRecord> unusedLongest = new ArrayDeque<>();

    private Instant nextLookForExpired = Instant.MIN;

    private Instant nextLookForAnonymous = Instant.MIN;

    private Instant nextWarning = Instant.MIN;

    MemoryRoom(ConcurrentMap<SessionId, SessionRecord> records, int maximum, String setting) {
        this.records = records;
        this.maximum = maximum;
        this.setting = setting;
    }

    void makeFor(SessionRecord newcomer) {
        if (records.size() >= maximum && !records.containsKey(newcomer.id())) {
            makeRoom(newcomer.lastAccessedAt());
        }
    }

    private synchronized void makeRoom(Instant now) {
        dropExpired(now);
        while (records.size() >= maximum) {
            if (!dropAnonymous(now)) {
                throw new SessionException.Unavailable(
                        "the memory store holds " + maximum + " sessions of users, as many as " + setting
                                + " allows; raise it, or choose a store",
                        null);
            }
        }
    }

    private void dropExpired(Instant now) {
        if (!now.isBefore(nextLookForExpired)) {
            nextLookForExpired = now.plus(BETWEEN_LOOKS);
            records.values().removeIf(record -> record.isExpiredAt(now));
        }
    }

    private boolean dropAnonymous(Instant now) {
        SessionRecord candidate = next(now);
        while (candidate != null) {
            // a record that was used or changed meanwhile is another object
            if (records.remove(candidate.id(), candidate)) {
                count(now);
                return true;
            }
            candidate = next(now);
        }
        return false;
    }

    private @Nullable SessionRecord next(Instant now) {
        if (unusedLongest.isEmpty() && !now.isBefore(nextLookForAnonymous)) {
            lookForAnonymous();
            nextLookForAnonymous = unusedLongest.isEmpty() ? now.plus(BETWEEN_LOOKS) : Instant.MIN;
        }
        return unusedLongest.poll();
    }

    private void lookForAnonymous() {
        int most = Math.max(1, maximum / PART);
        PriorityQueue<SessionRecord> longest = new PriorityQueue<>(
                most + 1, Comparator.comparing(SessionRecord::lastAccessedAt).reversed());
        for (SessionRecord record : records.values()) {
            if (record.principal() == null) {
                longest.add(record);
                if (longest.size() > most) {
                    longest.poll();
                }
            }
        }
        while (!longest.isEmpty()) {
            unusedLongest.addFirst(longest.poll());
        }
    }

    private void count(Instant now) {
        long sofar = dropped.incrementAndGet();
        if (!now.isBefore(nextWarning)) {
            nextWarning = now.plus(BETWEEN_WARNINGS);
            LOG.warn(
                    "The memory store is full: it holds {} sessions, as many as {} allows. To make room it drops the"
                            + " anonymous session that was used longest ago, {} so far. Raise the bound, or choose a"
                            + " store.",
                    maximum,
                    setting,
                    sofar);
        }
    }

    long dropped() {
        return dropped.get();
    }
}
