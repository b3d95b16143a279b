package dev.reactivesession.r2dbc;

import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.web.EndedSessionsContract;

/** Over H2, where two stores of one process stand for two nodes: only a look at the record tells one of the other. */
class EndedSessionsOnH2Test extends EndedSessionsContract {

    private static final Nodes NODES = Nodes.over(H2::memory);

    @Override
    protected SessionStore store() {
        return NODES.one();
    }

    @Override
    protected SessionStore secondNode() {
        return NODES.other();
    }

    @Override
    protected boolean hasChannel() {
        return false;
    }
}
