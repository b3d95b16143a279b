package dev.reactivesession.store.moving;

import dev.reactivesession.SessionId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions that were seen in the next store, where they stay. A node that looked for them in the former store first
 * would lose to faster ones again and again. It may forget them at any time.
 */
final class Arrivals {

    private static final int MOST = 10_000;

    private final Set<SessionId> seen = ConcurrentHashMap.newKeySet();

    void note(SessionId id) {
        if (seen.size() >= MOST) {
            seen.clear();
        }
        seen.add(id);
    }

    boolean contains(SessionId id) {
        return seen.contains(id);
    }
}
