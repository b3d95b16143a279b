package dev.reactivesession.redis;

import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.SessionStoreContract;

class IndexedRedisStoreTest extends SessionStoreContract {

    @Override
    protected SessionStore store() {
        return IndexedRedisSessionStore.create(Backend.node(), RedisSessionSettings.defaults());
    }

    @Override
    protected SessionStore secondNode() {
        return IndexedRedisSessionStore.create(Backend.otherNode(), RedisSessionSettings.defaults());
    }
}
