package dev.reactivesession.security;

import dev.reactivesession.SessionId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When sessions were used on this node, as far as their stores have not been told: a use is recorded once for each
 * touch interval only. Bounded; the least recent is forgotten first.
 */
final class RecentUses {

    private static final int MOST = 10_000;

    private final Map<SessionId, Instant> uses = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionId, Instant> eldest) {
            return size() > MOST;
        }
    };

    synchronized void note(SessionId session, Instant at) {
        uses.remove(session);
        uses.put(session, at);
    }

    /** The last use that is known of: recorded, or noted here. */
    synchronized Instant lastOf(SessionId session, Instant recorded) {
        Instant noted = uses.get(session);
        return noted == null || noted.isBefore(recorded) ? recorded : noted;
    }
}
