package dev.reactivesession.r2dbc;

import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.web.WholeKitContract;

/** The whole kit on two nodes over one table. */
abstract class RelationalKit extends WholeKitContract {

    /** The nodes, the same for each test of a class. */
    abstract Nodes nodes();

    @Override
    protected SessionStore store() {
        return nodes().one();
    }

    @Override
    protected SessionStore secondNode() {
        return nodes().other();
    }
}
