package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionId;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Remembers where named rows lay until they are deleted: hints only, so it may forget any of them. */
final class Places {

    private static final int MOST = 65_536;

    private final ConcurrentMap<SessionId, Place> places = new ConcurrentHashMap<>();

    void remember(PlacedId session) {
        if (places.size() >= MOST) {
            places.clear();
        }
        places.put(session.id(), session.place());
    }

    List<PlacedId> forget(Collection<SessionId> ids) {
        return ids.stream().flatMap(id -> placed(id, places.remove(id))).toList();
    }

    private static Stream<PlacedId> placed(SessionId id, @Nullable Place place) {
        return place == null ? Stream.empty() : Stream.of(new PlacedId(id, place));
    }
}
