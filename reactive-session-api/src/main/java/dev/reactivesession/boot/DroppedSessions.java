package dev.reactivesession.boot;

import dev.reactivesession.store.InMemorySessionStore;

/**
 * Counts the anonymous sessions that a full memory has dropped.
 *
 * @param memory the store
 */
record DroppedSessions(InMemorySessionStore memory) implements StoreCounter {

    static final String NAME = "reactive.session.memory.dropped";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Anonymous sessions that were dropped, because memory was full";
    }

    @Override
    public long count() {
        return memory.dropped();
    }
}
