package dev.reactivesession.cookie;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Bounds how many ends of anonymous sessions this node has remembered in one span of time, because anybody can make
 * them. The log says once a minute that it has given up on some.
 */
final class AnonymousEnds {

    private static final Logger LOG = Loggers.getLogger(Revocations.class);

    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private final int maximum;

    private final Duration span;

    private final AtomicLong forgotten = new AtomicLong();

    private Instant spanEnds = Instant.MIN;

    private Instant nextWarning = Instant.MIN;

    private int remembered;

    AnonymousEnds(int maximum, Duration span) {
        this.maximum = maximum;
        this.span = span;
    }

    /** Whether one more may be remembered. */
    boolean hasRoom(Instant now) {
        boolean room = isCounted(now);
        if (!room) {
            forgotten.incrementAndGet();
            warn(now);
        }
        return room;
    }

    private synchronized boolean isCounted(Instant now) {
        if (!now.isBefore(spanEnds)) {
            spanEnds = now.plus(span);
            remembered = 0;
        }
        return remembered < maximum && ++remembered <= maximum;
    }

    private synchronized void warn(Instant now) {
        if (!now.isBefore(nextWarning)) {
            nextWarning = now.plus(BETWEEN_WARNINGS);
            LOG.warn(
                    "More than {} anonymous sessions were ended within {}, the most that this node remembers"
                            + " (reactive-session.sealed.max-revocations); {} are not remembered. A copy of such a"
                            + " cookie opens until its deadline. The ends of users' sessions are all remembered.",
                    maximum,
                    span,
                    forgotten);
        }
    }

    long forgotten() {
        return forgotten.get();
    }
}
