package dev.reactivesession.laws;

import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.web.SessionFeaturesContract;

class SessionFeaturesInMemoryTest extends SessionFeaturesContract {

    private final SessionStore store = new InMemorySessionStore();

    @Override
    protected SessionEngineBuilder engine() {
        return SessionEngine.over(store);
    }

    @Override
    protected SessionEngineBuilder engineOfSecondNode() {
        return SessionEngine.over(store);
    }
}
