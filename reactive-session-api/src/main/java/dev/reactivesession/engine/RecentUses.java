package dev.reactivesession.engine;

import dev.reactivesession.SessionId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When sessions were used on this node, as far as their store has not been told: it records a use once for each touch
 * interval only. Holds 10,000 sessions; the one used longest ago is forgotten first. Any number of concurrent callers.
 */
public final class RecentUses {

    private static final int MOST = 10_000;

    private final Map<SessionId, Instant> uses = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionId, Instant> eldest) {
            return size() > MOST;
        }
    };

    /** Knows of no use yet. */
    public RecentUses() {}

    /**
     * Notes a use.
     *
     * @param session which session
     * @param at when
     */
    public synchronized void note(SessionId session, Instant at) {
        uses.remove(session);
        uses.put(session, at);
    }

    /**
     * The last use that is known of: recorded, or noted here.
     *
     * @param session which session
     * @param recorded the last use that the store knows
     * @return the later of the two
     */
    public synchronized Instant lastOf(SessionId session, Instant recorded) {
        Instant noted = uses.get(session);
        return noted == null || noted.isBefore(recorded) ? recorded : noted;
    }
}
