package dev.reactivesession.redis;

import dev.reactivesession.store.SessionStore;
import dev.reactivesession.test.SessionStoreContract;

class RedisStoreTest extends SessionStoreContract {

    @Override
    protected SessionStore store() {
        return RedisSessionStore.create(Backend.node(), RedisSessionSettings.defaults());
    }

    @Override
    protected SessionStore secondNode() {
        return RedisSessionStore.create(Backend.otherNode(), RedisSessionSettings.defaults());
    }
}
