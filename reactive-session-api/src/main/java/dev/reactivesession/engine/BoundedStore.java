package dev.reactivesession.engine;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** Bounds every operation of a store in time, where it is still to be seen which of them take any. */
final class BoundedStore implements SessionStore {

    private final SessionStore store;

    private final StoreGuard guard;

    BoundedStore(SessionStore store, StoreGuard guard) {
        this.store = store;
        this.guard = guard;
    }

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return guard.inTime(store.find(id));
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return guard.inTime(store.insert(record));
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return guard.inTime(store.update(record, basedOn));
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return guard.inTime(store.touch(id, accessed, expires));
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return guard.inTime(store.delete(id));
    }
}
