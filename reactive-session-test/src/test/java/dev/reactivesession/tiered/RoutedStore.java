package dev.reactivesession.tiered;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One of two stores that lie in one: the other has its sessions under complementary ids. The context names the way to
 * the store, so that several actors can share a node, and each be let go alone.
 */
public final class RoutedStore implements SessionStore, ExpiredSessions {

    private final long mask;

    private final AtomicBoolean unreachable = new AtomicBoolean();

    private RoutedStore(long mask) {
        this.mask = mask;
    }

    public static RoutedStore plain() {
        return new RoutedStore(0);
    }

    public static RoutedStore complementary() {
        return new RoutedStore(-1);
    }

    /** The cache entry of a session, under the id that it has in the store. */
    static SessionId entry(SessionId id) {
        return new SessionId(~id.high(), ~id.low());
    }

    public static <T> Mono<T> by(SessionStore way, Mono<T> operation) {
        return operation.contextWrite(context -> context.put(SessionStore.class, way));
    }

    void unreachable(boolean is) {
        unreachable.set(is);
    }

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return routed(way -> way.find(here(id)).map(this::here));
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return routed(way -> way.insert(here(record)));
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return routed(way -> way.update(here(record), basedOn));
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return routed(way -> way.touch(here(id), accessed, expires));
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return routed(way -> way.delete(here(id)));
    }

    @Override
    public <P> Optional<P> power(Class<P> type) {
        return mask == 0 && type == ExpiredSessions.class ? SessionStore.super.power(type) : Optional.empty();
    }

    @Override
    public Flux<SessionId> expired(Instant now) {
        return Flux.empty();
    }

    @Override
    public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
        return Flux.deferContextual(context -> context.get(SessionStore.class)
                .power(ExpiredSessions.class)
                .orElseThrow()
                .deleteExpired(ids, now));
    }

    private <T> Mono<T> routed(Function<SessionStore, Mono<T>> operation) {
        return Mono.deferContextual(context -> unreachable.get()
                ? Mono.error(new SessionException.Unavailable("unreachable", null))
                : operation.apply(context.get(SessionStore.class)));
    }

    private SessionId here(SessionId id) {
        return new SessionId(id.high() ^ mask, id.low() ^ mask);
    }

    private SessionRecord here(SessionRecord record) {
        return new SessionRecord(
                here(record.id()),
                record.proof(),
                record.version(),
                record.createdAt(),
                record.lastAccessedAt(),
                record.idleTimeout(),
                record.expiresAt(),
                record.principal(),
                record.payload());
    }
}
