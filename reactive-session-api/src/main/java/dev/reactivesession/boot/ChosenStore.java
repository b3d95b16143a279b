package dev.reactivesession.boot;

import dev.reactivesession.engine.SessionEngineBuilder;
import java.util.List;

/**
 * Where this application keeps its sessions.
 *
 * @param place in words, for the log
 * @param others the back ends that are on the class path and were not chosen
 * @param engine an engine with every default
 */
record ChosenStore(String place, List<String> others, SessionEngineBuilder engine) {

    static final String MEMORY = "the memory of this node";

    boolean inMemory() {
        return place.equals(MEMORY);
    }
}
