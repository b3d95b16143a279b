package dev.reactivesession.redis;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionSignals;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionsByPrincipal;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps sessions as {@link RedisSessionStore} does, and an index over them: by deadline, so that expired sessions can
 * be reported, and by user. The index costs one command more for a create and for a delete, and two more for a save
 * that changes the principal. It is kept clean by the sweep.
 */
public final class IndexedRedisSessionStore implements SessionStore, ExpiredSessions, SessionsByPrincipal, AllSessions {

    private final RedisConnections connections;

    private final Records records;

    private final Index index;

    private final ExpiredSessions sweep;

    private final SessionsByPrincipal principals;

    private final AllSessions all;

    private final SessionSignals signals;

    private IndexedRedisSessionStore(RedisConnections connections, RedisSessionSettings settings) {
        RedisKeys keys = RedisKeys.of(settings);
        Commands bounded = connections.bounded();
        Records each = new Records(bounded, keys, settings, RedisConnections::anyWrite);
        Index eachEntry = new Index(bounded, keys);
        this.connections = connections;
        this.records = new Records(connections.commands(), keys, settings, RedisConnections::anyWrite);
        this.index = new Index(connections.commands(), keys);
        this.sweep = new Sweep(each, eachEntry, bounded);
        this.principals = new PrincipalSessions(each, eachEntry);
        this.all = new Purge(each, eachEntry);
        this.signals = new RedisSignals(connections, settings);
    }

    /**
     * Makes a store over connections of its own. Nothing is sent before the first operation.
     *
     * @param connections where Redis is
     * @param settings how sessions are kept there
     * @return a store
     */
    public static IndexedRedisSessionStore create(
            ReactiveRedisConnectionFactory connections, RedisSessionSettings settings) {
        return create(RedisConnections.of(connections, settings), settings);
    }

    /**
     * Makes a store. Nothing is sent before the first operation.
     *
     * @param connections those that the application's stores share
     * @param settings how sessions are kept there
     * @return a store
     */
    public static IndexedRedisSessionStore create(RedisConnections connections, RedisSessionSettings settings) {
        return new IndexedRedisSessionStore(connections, settings);
    }

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return connections.bounded(records.find(id));
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return connections.bounded(Mono.defer(() -> {
            byte[] written = records.written(record);
            return index.add(record).then(records.insert(record.id(), written));
        }));
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return connections.bounded(Mono.defer(() -> update(record, basedOn, records.written(record))));
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return connections.bounded(records.touch(id, accessed, expires));
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return connections.bounded(index.deleting(id).then(records.delete(id)));
    }

    @Override
    public Flux<SessionId> expired(Instant now) {
        return sweep.expired(now);
    }

    @Override
    public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
        return sweep.deleteExpired(ids, now);
    }

    @Override
    public Mono<Instant> storeTime() {
        return sweep.storeTime();
    }

    @Override
    public Flux<SessionRecord> findByPrincipal(String principal) {
        return principals.findByPrincipal(principal);
    }

    @Override
    public Mono<Long> countByPrincipal(String principal) {
        return principals.countByPrincipal(principal);
    }

    @Override
    public Flux<SessionId> deleteByPrincipal(String principal, @Nullable SessionId except) {
        return principals.deleteByPrincipal(principal, except);
    }

    @Override
    public Mono<Long> deleteAll() {
        return all.deleteAll();
    }

    private Mono<Boolean> update(SessionRecord record, long basedOn, byte[] written) {
        return records.update(record.id(), written, basedOn, true).flatMap(reply -> switch (reply) {
            case REFUSED -> Mono.just(false);
            case SAVED -> Mono.just(true);
            case SAVED_WITH_EARLIER_DEADLINE -> index.shortened(record).thenReturn(true);
            case OTHER_PRINCIPAL -> updatePrincipal(record, basedOn, written);
        });
    }

    private Mono<Boolean> updatePrincipal(SessionRecord record, long basedOn, byte[] written) {
        return index.add(record)
                .then(records.update(record.id(), written, basedOn, false))
                .map(UpdateReply::isSaved);
    }

    @Override
    public <P> Optional<P> power(Class<P> type) {
        return type == SessionSignals.class ? Optional.of(type.cast(signals)) : SessionStore.super.power(type);
    }
}
