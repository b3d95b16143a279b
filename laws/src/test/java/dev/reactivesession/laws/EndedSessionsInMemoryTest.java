package dev.reactivesession.laws;

import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.web.EndedSessionsContract;

class EndedSessionsInMemoryTest extends EndedSessionsContract {

    private final SessionStore store = new InMemorySessionStore();

    @Override
    protected SessionStore store() {
        return store;
    }

    @Override
    protected SessionStore secondNode() {
        return store;
    }
}
