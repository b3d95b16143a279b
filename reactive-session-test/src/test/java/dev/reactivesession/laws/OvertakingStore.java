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

/** A store in which, when told so, somebody else always saves first. */
final class OvertakingStore implements SessionStore, ExpiredSessions, SessionsByPrincipal, AllSessions {

    private final InMemorySessionStore memory;

    private volatile boolean overtaking;

    OvertakingStore(InMemorySessionStore memory) {
        this.memory = memory;
    }

    void overtake() {
        overtaking = true;
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return overtaking
                ? memory.find(record.id())
                        .flatMap(there -> memory.update(raised(there), there.version()))
                        .then(memory.update(record, basedOn))
                : memory.update(record, basedOn);
    }

    private static SessionRecord raised(SessionRecord there) {
        return new SessionRecord(
                there.id(),
                there.proof(),
                there.version() + 1,
                there.createdAt(),
                there.lastAccessedAt(),
                there.idleTimeout(),
                there.expiresAt(),
                there.principal(),
                there.payload());
    }

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return memory.find(id);
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return memory.insert(record);
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return memory.touch(id, accessed, expires);
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return memory.delete(id);
    }

    @Override
    public Flux<SessionId> expired(Instant now) {
        return memory.expired(now);
    }

    @Override
    public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
        return memory.deleteExpired(ids, now);
    }

    @Override
    public Flux<SessionRecord> findByPrincipal(String principal) {
        return memory.findByPrincipal(principal);
    }

    @Override
    public Mono<Long> countByPrincipal(String principal) {
        return memory.countByPrincipal(principal);
    }

    @Override
    public Flux<SessionId> deleteByPrincipal(String principal, @Nullable SessionId except) {
        return memory.deleteByPrincipal(principal, except);
    }

    @Override
    public Mono<Long> deleteAll() {
        return memory.deleteAll();
    }
}
