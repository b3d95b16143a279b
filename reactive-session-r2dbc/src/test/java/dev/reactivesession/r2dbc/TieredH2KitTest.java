package dev.reactivesession.r2dbc;

import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.tiered.TieredSessionStore;
import dev.reactivesession.test.web.WholeKitContract;

/** The whole kit on memory in front of H2, with two nodes over both. */
class TieredH2KitTest extends WholeKitContract {

    private static final InMemorySessionStore CACHE = new InMemorySessionStore();

    private static final Nodes NODES = Nodes.over(H2::memory);

    private static final SessionStore ONE = tiered(NODES.one());

    private static final SessionStore OTHER = tiered(NODES.other());

    private static SessionStore tiered(R2dbcSessionStore durable) {
        return TieredSessionStore.of(CACHE, durable).build();
    }

    @Override
    protected SessionStore store() {
        return ONE;
    }

    @Override
    protected SessionStore secondNode() {
        return OTHER;
    }
}
