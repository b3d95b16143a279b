package dev.reactivesession.redis.chaos;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** What visitors were told, compared with what they are shown. */
final class History {

    final AtomicInteger acknowledged = new AtomicInteger();

    final AtomicInteger unanswered = new AtomicInteger();

    final AtomicInteger created = new AtomicInteger();

    final AtomicInteger loggedIn = new AtomicInteger();

    final AtomicInteger loggedOut = new AtomicInteger();

    final Queue<String> lost = new ConcurrentLinkedQueue<>();

    final Queue<String> twice = new ConcurrentLinkedQueue<>();

    final Queue<String> risen = new ConcurrentLinkedQueue<>();

    final Queue<String> forgotten = new ConcurrentLinkedQueue<>();

    private final Queue<Dead> dead = new ConcurrentLinkedQueue<>();

    private final long staleness;

    History(Duration staleness) {
        this.staleness = staleness.toNanos();
    }

    /** A token that must not open a session any more, on another node when copies have reached their maximum age. */
    record Dead(String token, long since) {}

    void ended(String token) {
        dead.add(new Dead(token, System.nanoTime() + staleness));
    }

    /** Some token whose time has come; null while there is none. */
    Dead anyDead() {
        List<Dead> old =
                dead.stream().filter(each -> each.since() < System.nanoTime()).toList();
        return old.isEmpty() ? null : old.get(ThreadLocalRandom.current().nextInt(old.size()));
    }

    List<Dead> allDead() {
        return List.copyOf(dead);
    }

    /** Compares the increments of a session with those that were acknowledged. */
    void compare(String session, String shown, Set<String> acknowledgedIncrements) {
        List<String> increments = shown.isEmpty() ? List.of() : Arrays.asList(shown.split(",", -1));
        Set<String> distinct = new HashSet<>(increments);
        if (distinct.size() < increments.size()) {
            twice.add(session + ": " + shown);
        }
        if (!distinct.containsAll(acknowledgedIncrements)) {
            Set<String> missing = new HashSet<>(acknowledgedIncrements);
            missing.removeAll(distinct);
            lost.add(session + " lacks " + missing);
        }
    }
}
