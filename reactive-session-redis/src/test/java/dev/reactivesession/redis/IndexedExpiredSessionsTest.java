package dev.reactivesession.redis;

import dev.reactivesession.test.ExpiredSessionsContract;

class IndexedExpiredSessionsTest extends ExpiredSessionsContract<IndexedRedisSessionStore> {

    @Override
    protected IndexedRedisSessionStore store() {
        return IndexedRedisSessionStore.create(Backend.node(), RedisSessionSettings.defaults());
    }

    @Override
    protected IndexedRedisSessionStore secondNode() {
        return IndexedRedisSessionStore.create(Backend.otherNode(), RedisSessionSettings.defaults());
    }
}
