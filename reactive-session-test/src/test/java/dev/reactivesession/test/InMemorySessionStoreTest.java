package dev.reactivesession.test;

import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionStore;
import org.junit.jupiter.api.Nested;

/** The memory store has one process for all its nodes, so both nodes are the same instance. */
class InMemorySessionStoreTest {

    private static final InMemorySessionStore STORE = new InMemorySessionStore();

    @Nested
    class KeepsSessions extends SessionStoreContract {

        @Override
        protected SessionStore store() {
            return STORE;
        }

        @Override
        protected SessionStore secondNode() {
            return STORE;
        }
    }
}
