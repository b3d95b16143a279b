package dev.reactivesession.demo;

import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionId;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The events that concern one visitor: those of the session in use, and of every other one of the same user. */
final class OwnEvents {

    private final SessionId current;

    private final Set<SessionId> ids = ConcurrentHashMap.newKeySet();

    private final @Nullable String user;

    OwnEvents(Session session, Collection<SessionId> others) {
        current = session.id();
        user = session.principal().orElse(null);
        ids.add(current);
        ids.addAll(others);
    }

    boolean include(SessionEvent.OfSession event) {
        principal(event).ifPresent(principal -> belong(event.id(), principal));
        return ids.contains(event.id());
    }

    /**
     * When the session ends, or changes hands at a login or a logout. Its new owner asks for another stream, with the
     * new token.
     */
    boolean endWith(@Nullable EventView event) {
        return event != null
                && (event.event().equals("invalidated") || event.event().equals("rotated"))
                && event.id().equals(current.toString());
    }

    private void belong(SessionId id, String principal) {
        if (!id.equals(current) && principal.equals(user)) {
            ids.add(id);
        }
    }

    private static Optional<String> principal(SessionEvent event) {
        if (event instanceof SessionEvent.Created created) {
            return Optional.ofNullable(created.principal());
        }
        if (event instanceof SessionEvent.Saved saved) {
            return Optional.ofNullable(saved.principal());
        }
        if (event instanceof SessionEvent.Rotated rotated) {
            return Optional.ofNullable(rotated.principal());
        }
        return event instanceof SessionEvent.Invalidated ended
                ? Optional.ofNullable(ended.principal())
                : Optional.empty();
    }
}
