package dev.reactivesession.redis;

/** One Redis and one PostgreSQL behind it, for every test of an application on both. */
final class Tiers {

    static final RedisNode REDIS = RedisNode.start();

    static final Durable DURABLE = Durable.start();

    private Tiers() {}
}
