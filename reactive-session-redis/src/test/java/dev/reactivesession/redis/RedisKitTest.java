package dev.reactivesession.redis;

import org.junit.jupiter.api.AfterAll;

/** The whole kit on one node. */
class RedisKitTest extends RedisKit {

    private static final Nodes NODES = Nodes.over(Backend.node(), Backend.otherNode());

    @AfterAll
    static void disconnect() {
        NODES.disconnect();
    }

    @Override
    Nodes nodes() {
        return NODES;
    }
}
