package dev.reactivesession.boot;

import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionEvent.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Says which events an operator should know of: data that cannot be read, at most once a minute for each attribute,
 * and a cookie under our name that is no token, once.
 */
final class UnusualEvents implements SessionEventListener {

    private static final Logger LOG = Loggers.getLogger(UnusualEvents.class);

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private static final int MOST_REMEMBERED = 1000;

    private static final String WHOLE = "";

    private static final int LONGEST_REASON = 1000;

    private final String carrier;

    private final ConcurrentMap<String, Instant> said = new ConcurrentHashMap<>();

    private final AtomicBoolean foreign = new AtomicBoolean();

    UnusualEvents(String carrier) {
        this.carrier = carrier;
    }

    @Override
    public void onEvent(SessionEvent event) {
        if (event instanceof SessionEvent.Unreadable unreadable) {
            unreadable(unreadable);
        } else if (event instanceof Refused refused && refused.reason() == Refused.Reason.MALFORMED) {
            malformed();
        }
    }

    private void unreadable(SessionEvent.Unreadable event) {
        String attribute = event.attribute();
        if (!isDue(attribute == null ? WHOLE : attribute, event.at())) {
            return;
        }
        String reason = OneLine.of(event.reason(), LONGEST_REASON);
        if (attribute == null) {
            LOG.warn("A stored session cannot be read as a whole and counts as absent: {}.", reason);
        } else {
            LOG.warn(
                    "The stored attribute '{}' {}. The rest of its session is not affected; whether this one counts as"
                            + " absent is reactive-session.on-unreadable.",
                    attribute,
                    without("the attribute '" + attribute + "' ", reason));
        }
    }

    /** The codec of this library begins with the name, which the line has said; another one may say anything. */
    private static String without(String beginning, String reason) {
        return reason.startsWith(beginning) ? reason.substring(beginning.length()) : "cannot be read: " + reason;
    }

    private boolean isDue(String name, Instant at) {
        if (said.size() >= MOST_REMEMBERED) {
            said.clear();
        }
        Instant[] before = new Instant[1];
        said.compute(name, (same, last) -> {
            before[0] = last;
            return last == null || !at.isBefore(last.plus(PAUSE)) ? at : last;
        });
        return before[0] == null || !at.isBefore(before[0].plus(PAUSE));
    }

    private void malformed() {
        if (!foreign.getAndSet(true)) {
            LOG.info(
                    "A request brought a {} that is no token of this application: another application on this host may"
                            + " use the same name, or somebody tries. It is left where it is and opens no session."
                            + " Another name for this application: reactive-session.cookie.name. This is said once.",
                    carrier);
        }
    }
}
