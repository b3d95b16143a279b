package dev.reactivesession.redis;

import org.junit.jupiter.api.AfterAll;

/** The whole kit on a Cluster. */
class RedisClusterKitTest extends RedisKit {

    private static final Nodes NODES = Nodes.over(Backend.cluster(), Backend.otherCluster());

    @AfterAll
    static void disconnect() {
        NODES.disconnect();
    }

    @Override
    Nodes nodes() {
        return NODES;
    }
}
