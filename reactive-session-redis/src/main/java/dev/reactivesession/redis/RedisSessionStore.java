package dev.reactivesession.redis;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import reactor.core.publisher.Mono;

/**
 * Keeps each session in Redis under one key, and each operation is one command on it: on one node, behind Sentinel, and in a Cluster. Redis removes expired
 * sessions by itself. Finding them by deadline or by user needs an index: see {@link IndexedRedisSessionStore}.
 */
public final class RedisSessionStore implements SessionStore {

    private final Records records;

    private RedisSessionStore(Records records) {
        this.records = records;
    }

    /**
     * Makes a store. Nothing is sent before the first operation.
     *
     * @param connections where Redis is
     * @param settings how sessions are kept there
     * @return a store
     */
    public static RedisSessionStore create(ReactiveRedisConnectionFactory connections, RedisSessionSettings settings) {
        Commands commands = Commands.over(connections, settings);
        return new RedisSessionStore(new Records(
                commands,
                Keys.of(settings),
                settings,
                () -> ThreadLocalRandom.current().nextLong()));
    }

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return records.find(id);
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return records.insert(record);
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return records.update(record, basedOn, false).map(UpdateReply::isSaved);
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return records.touch(id, accessed, expires);
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return records.delete(id);
    }
}
