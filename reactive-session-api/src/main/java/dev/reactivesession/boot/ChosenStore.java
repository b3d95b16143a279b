package dev.reactivesession.boot;

import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.store.InMemorySessionStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where this application keeps its sessions.
 *
 * @param place in words, for the log
 * @param others the back ends that are on the class path and were not chosen
 * @param engine an engine with every default
 * @param memory the store, where it is one in memory
 */
record ChosenStore(
        String place,
        List<String> others,
        SessionEngineBuilder engine,
        @Nullable InMemorySessionStore memory) {

    static final String MEMORY = "the memory of this node";

    ChosenStore(String place, List<String> others, SessionEngineBuilder engine) {
        this(place, others, engine, null);
    }

    Optional<StoreCounter> dropped() {
        return Optional.ofNullable(memory).map(DroppedSessions::new);
    }

    boolean inMemory() {
        return place.equals(MEMORY);
    }
}
