package dev.reactivesession.tiered;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * One of two stores that lie in one: the other has its sessions under complementary ids. Whose way to the store it is, is said by the context, so that
 * several actors can share the node that is tested, and each be let go alone.
 */
final class RoutedStore implements SessionStore {

    private final long mask;

    private final AtomicBoolean unreachable = new AtomicBoolean();

    private RoutedStore(long mask) {
        this.mask = mask;
    }

    static RoutedStore plain() {
        return new RoutedStore(0);
    }

    static RoutedStore complementary() {
        return new RoutedStore(-1);
    }

    static <T> Mono<T> by(SessionStore way, Mono<T> operation) {
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
