package dev.reactivesession.redis;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionSignals;
import dev.reactivesession.store.SessionStore;
import java.time.Instant;
import java.util.Optional;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import reactor.core.publisher.Mono;

/**
 * Keeps each session in Redis under one key, and each operation is one command on it: on one node, behind Sentinel, and
 * in a Cluster. Redis removes expired sessions by itself. Finding them by deadline or by user needs an index: see
 * {@link IndexedRedisSessionStore}.
 */
public final class RedisSessionStore implements SessionStore {

    private final RedisConnections connections;

    private final Records records;

    private final SessionSignals signals;

    private RedisSessionStore(RedisConnections connections, Records records, SessionSignals signals) {
        this.connections = connections;
        this.records = records;
        this.signals = signals;
    }

    /**
     * Makes a store over connections of its own. Nothing is sent before the first operation.
     *
     * @param connections where Redis is
     * @param settings how sessions are kept there
     * @return a store
     */
    public static RedisSessionStore create(ReactiveRedisConnectionFactory connections, RedisSessionSettings settings) {
        return create(RedisConnections.of(connections, settings), settings);
    }

    /**
     * Makes a store. Nothing is sent before the first operation.
     *
     * @param connections those that the application's stores share
     * @param settings how sessions are kept there
     * @return a store
     */
    public static RedisSessionStore create(RedisConnections connections, RedisSessionSettings settings) {
        return new RedisSessionStore(
                connections,
                new Records(connections.commands(), RedisKeys.of(settings), settings, RedisConnections::anyWrite),
                new RedisSignals(connections, settings));
    }

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return connections.bounded(records.find(id));
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return connections.bounded(records.insert(record));
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return connections.bounded(records.update(record, basedOn, false).map(UpdateReply::isSaved));
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return connections.bounded(records.touch(id, accessed, expires));
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return connections.bounded(records.delete(id));
    }

    @Override
    public <P> Optional<P> power(Class<P> type) {
        return type == SessionSignals.class ? Optional.of(type.cast(signals)) : SessionStore.super.power(type);
    }
}
