package dev.reactivesession.redis;

import dev.reactivesession.test.ExpiredSessionsContract;

class ClusterIndexedExpiredSessionsTest extends ExpiredSessionsContract<IndexedRedisSessionStore> {

    @Override
    protected IndexedRedisSessionStore store() {
        return IndexedRedisSessionStore.create(Backend.cluster(), RedisSessionSettings.defaults());
    }

    @Override
    protected IndexedRedisSessionStore secondNode() {
        return IndexedRedisSessionStore.create(Backend.otherCluster(), RedisSessionSettings.defaults());
    }
}
