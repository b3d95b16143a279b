package dev.reactivesession.redis;

import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.SessionStoreContract;

class ClusterRedisStoreTest extends SessionStoreContract {

    @Override
    protected SessionStore store() {
        return RedisSessionStore.create(Backend.cluster(), RedisSessionSettings.defaults());
    }

    @Override
    protected SessionStore secondNode() {
        return RedisSessionStore.create(Backend.otherCluster(), RedisSessionSettings.defaults());
    }
}
