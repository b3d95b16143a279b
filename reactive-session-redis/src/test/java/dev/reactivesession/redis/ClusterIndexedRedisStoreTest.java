package dev.reactivesession.redis;

import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.SessionStoreContract;

class ClusterIndexedRedisStoreTest extends SessionStoreContract {

    @Override
    protected SessionStore store() {
        return IndexedRedisSessionStore.create(Backend.cluster(), RedisSessionSettings.defaults());
    }

    @Override
    protected SessionStore secondNode() {
        return IndexedRedisSessionStore.create(Backend.otherCluster(), RedisSessionSettings.defaults());
    }
}
