package dev.reactivesession.test;

import dev.reactivesession.store.InMemorySessionStore;
import org.junit.jupiter.api.Nested;

/** The memory store keeps its sessions in one process, so that all nodes are this one instance. */
class InMemorySessionStoreTest {

    private static final InMemorySessionStore STORE = new InMemorySessionStore();

    @Nested
    class KeepsSessions extends SessionStoreContract {

        @Override
        protected InMemorySessionStore store() {
            return STORE;
        }

        @Override
        protected InMemorySessionStore secondNode() {
            return STORE;
        }
    }

    @Nested
    class FindsExpiredSessions extends ExpiredSessionsContract<InMemorySessionStore> {

        @Override
        protected InMemorySessionStore store() {
            return STORE;
        }

        @Override
        protected InMemorySessionStore secondNode() {
            return STORE;
        }
    }

    @Nested
    class FindsSessionsByPrincipal extends SessionsByPrincipalContract<InMemorySessionStore> {

        @Override
        protected InMemorySessionStore store() {
            return STORE;
        }

        @Override
        protected InMemorySessionStore secondNode() {
            return STORE;
        }
    }

    @Nested
    class EndsAllSessions extends AllSessionsContract<InMemorySessionStore> {

        @Override
        protected InMemorySessionStore store() {
            return STORE;
        }

        @Override
        protected InMemorySessionStore secondNode() {
            return STORE;
        }
    }
}
