package dev.reactivesession.cookie;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** A store that counts what it is asked. */
final class CountedStore implements SessionStore {

    private final SessionStore store = new InMemorySessionStore();

    final AtomicInteger finds = new AtomicInteger();

    final AtomicInteger writes = new AtomicInteger();

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return store.find(id).doOnSubscribe(subscription -> finds.incrementAndGet());
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return store.insert(record).doOnSubscribe(subscription -> writes.incrementAndGet());
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return store.update(record, basedOn).doOnSubscribe(subscription -> writes.incrementAndGet());
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return store.touch(id, accessed, expires).doOnSubscribe(subscription -> writes.incrementAndGet());
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return store.delete(id).doOnSubscribe(subscription -> writes.incrementAndGet());
    }
}
