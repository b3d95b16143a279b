package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionId;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Remembers where named rows lay until they are deleted. The locations are hints, so any of them may be forgotten. */
final class RowLocations {

    private static final int MOST = 65_536;

    private final ConcurrentMap<SessionId, RowLocation> locations = new ConcurrentHashMap<>();

    void remember(LocatedId session) {
        if (locations.size() >= MOST) {
            locations.clear();
        }
        locations.put(session.id(), session.location());
    }

    List<LocatedId> forget(Collection<SessionId> ids) {
        return ids.stream().flatMap(id -> located(id, locations.remove(id))).toList();
    }

    private static Stream<LocatedId> located(SessionId id, @Nullable RowLocation location) {
        return location == null ? Stream.empty() : Stream.of(new LocatedId(id, location));
    }
}
