package dev.reactivesession.moving;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionsByPrincipal;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Names at compile time the powers that a store has at run time. */
record AllPowers(SessionStore store) implements SessionStore, ExpiredSessions, SessionsByPrincipal, AllSessions {

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return store.find(id);
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return store.insert(record);
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return store.update(record, basedOn);
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return store.touch(id, accessed, expires);
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return store.delete(id);
    }

    @Override
    public Flux<SessionId> expired(Instant now) {
        return store.power(ExpiredSessions.class).orElseThrow().expired(now);
    }

    @Override
    public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
        return store.power(ExpiredSessions.class).orElseThrow().deleteExpired(ids, now);
    }

    @Override
    public Flux<SessionRecord> findByPrincipal(String principal) {
        return store.power(SessionsByPrincipal.class).orElseThrow().findByPrincipal(principal);
    }

    @Override
    public Mono<Long> countByPrincipal(String principal) {
        return store.power(SessionsByPrincipal.class).orElseThrow().countByPrincipal(principal);
    }

    @Override
    public Flux<SessionId> deleteByPrincipal(String principal, @Nullable SessionId except) {
        return store.power(SessionsByPrincipal.class).orElseThrow().deleteByPrincipal(principal, except);
    }

    @Override
    public Mono<Long> deleteAll() {
        return store.power(AllSessions.class).orElseThrow().deleteAll();
    }
}
