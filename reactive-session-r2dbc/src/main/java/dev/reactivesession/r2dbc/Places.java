package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/** Remembers where named rows lay until they are deleted: hints only, so it may forget any of them. */
final class Places {

    private static final int MOST = 65_536;

    private final ConcurrentMap<SessionId, String> places = new ConcurrentHashMap<>();

    void remember(DueSession session) {
        if (places.size() >= MOST) {
            places.clear();
        }
        places.put(session.id(), session.place());
    }

    List<String> forget(Collection<SessionId> ids) {
        List<String> known = new ArrayList<>(ids.size());
        ids.stream().map(places::remove).filter(Objects::nonNull).forEach(known::add);
        return known;
    }

    /** In the text form of an array of tid, which no driver knows as a type. */
    static String array(Collection<String> places) {
        return places.stream().collect(Collectors.joining("\",\"", "{\"", "\"}"));
    }
}
