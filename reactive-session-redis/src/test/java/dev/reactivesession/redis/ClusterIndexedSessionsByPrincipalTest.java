package dev.reactivesession.redis;

import dev.reactivesession.test.SessionsByPrincipalContract;

class ClusterIndexedSessionsByPrincipalTest extends SessionsByPrincipalContract<IndexedRedisSessionStore> {

    @Override
    protected IndexedRedisSessionStore store() {
        return IndexedRedisSessionStore.create(Backend.cluster(), RedisSessionSettings.defaults());
    }

    @Override
    protected IndexedRedisSessionStore secondNode() {
        return IndexedRedisSessionStore.create(Backend.otherCluster(), RedisSessionSettings.defaults());
    }
}
