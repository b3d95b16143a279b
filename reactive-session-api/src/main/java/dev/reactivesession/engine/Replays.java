package dev.reactivesession.engine;

import dev.reactivesession.SessionException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** How often a save is replayed when others saved first, and how long it pauses in between. */
final class Replays {

    private static final int LONGEST_PAUSE_MILLIS = 64;

    private final int most;

    private final RandomGenerator random;

    private final Scheduler scheduler;

    Replays(int most, RandomGenerator random, Scheduler scheduler) {
        this.most = most;
        this.random = random;
        this.scheduler = scheduler;
    }

    void requireOneLeft(int replay) {
        if (replay > most) {
            throw new SessionException.Conflict(
                    "other requests saved first " + replay + " times, more than reactive-session.max-replays (" + most
                            + ") allows",
                    List.of());
        }
    }

    /**
     * Every other replay follows at once: the record found there is out of date after a pause, and requests that pause
     * would lose to newcomers again and again. Pauses are by chance, over a range that doubles, so that many that
     * collide once do not do so for ever.
     */
    Mono<Void> pauseBefore(int replay) {
        if (replay % 2 == 1) {
            return Mono.empty();
        }
        int range = 1 << Math.min(replay / 2, 6);
        long millis = 1L + random.nextInt(Math.min(range, LONGEST_PAUSE_MILLIS));
        return Mono.delay(Duration.ofMillis(millis), scheduler).then();
    }
}
