package dev.reactivesession.redis;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionsByPrincipal;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps sessions as {@link RedisSessionStore} does, and an index over them: by deadline, so that expired sessions can be reported, and by user. The index
 * costs one command more for a create and for a delete, and two more for a save that changes the principal. It is kept clean by the sweep.
 */
public final class IndexedRedisSessionStore implements SessionStore, ExpiredSessions, SessionsByPrincipal, AllSessions {

    private final Commands commands;

    private final Records records;

    private final Index index;

    private final ExpiredSessions sweep;

    private final SessionsByPrincipal principals;

    private final AllSessions all;

    private IndexedRedisSessionStore(Commands commands, Records records, Index index) {
        this.commands = commands;
        this.records = records;
        this.index = index;
        this.sweep = new Sweep(records, index);
        this.principals = new PrincipalSessions(records, index);
        this.all = new Purge(records, index);
    }

    /**
     * Makes a store. Nothing is sent before the first operation.
     *
     * @param connections where Redis is
     * @param settings how sessions are kept there
     * @return a store
     */
    public static IndexedRedisSessionStore create(
            ReactiveRedisConnectionFactory connections, RedisSessionSettings settings) {
        Commands commands = Commands.over(connections, settings);
        Keys keys = Keys.of(settings);
        return new IndexedRedisSessionStore(
                commands,
                new Records(
                        commands,
                        keys,
                        settings,
                        () -> ThreadLocalRandom.current().nextLong()),
                new Index(commands, keys));
    }

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return records.find(id);
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return commands.bounded(index.add(record).then(records.insert(record)));
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return commands.bounded(records.update(record, basedOn, true).flatMap(reply -> switch (reply) {
            case REFUSED -> Mono.just(false);
            case SAVED -> Mono.just(true);
            case SAVED_WITH_EARLIER_DEADLINE -> index.shortened(record).thenReturn(true);
            case OTHER_PRINCIPAL -> updatePrincipal(record, basedOn);
        }));
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return records.touch(id, accessed, expires);
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return commands.bounded(index.deleting(id).then(records.delete(id)));
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

    private Mono<Boolean> updatePrincipal(SessionRecord record, long basedOn) {
        return index.add(record).then(records.update(record, basedOn, false)).map(UpdateReply::isSaved);
    }
}
