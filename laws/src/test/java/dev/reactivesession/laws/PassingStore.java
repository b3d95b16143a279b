package dev.reactivesession.laws;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionsByPrincipal;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A memory store. Another kind of store, defective ones among them, is made of it by overriding. */
public class PassingStore implements SessionStore, ExpiredSessions, SessionsByPrincipal, AllSessions {

    protected final InMemorySessionStore sound = new InMemorySessionStore();

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return sound.find(id);
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return sound.insert(record);
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return sound.update(record, basedOn);
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return sound.touch(id, accessed, expires);
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return sound.delete(id);
    }

    @Override
    public Flux<SessionId> expired(Instant now) {
        return sound.expired(now);
    }

    @Override
    public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
        return sound.deleteExpired(ids, now);
    }

    @Override
    public Flux<SessionRecord> findByPrincipal(String principal) {
        return sound.findByPrincipal(principal);
    }

    @Override
    public Mono<Long> countByPrincipal(String principal) {
        return sound.countByPrincipal(principal);
    }

    @Override
    public Flux<SessionId> deleteByPrincipal(String principal, @Nullable SessionId except) {
        return sound.deleteByPrincipal(principal, except);
    }

    @Override
    public Mono<Long> deleteAll() {
        return sound.deleteAll();
    }
}
