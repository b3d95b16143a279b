package dev.reactivesession.cookie;

import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.test.web.SessionFeaturesContract;

class SealedFeaturesTest extends SessionFeaturesContract {

    @Override
    protected SessionEngineBuilder engine() {
        return SessionEngine.sealing(Samples.vault(1));
    }

    @Override
    protected SessionEngineBuilder engineOfSecondNode() {
        return SessionEngine.sealing(Samples.vault(1));
    }

    @Override
    protected boolean keepsRecords() {
        return false;
    }
}
