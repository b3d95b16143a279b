package dev.reactivesession.engine;

import dev.reactivesession.SessionId;
import dev.reactivesession.engine.SessionProbe.Step;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** The store, guarded, for records that belong to sessions without being one. It has no powers. */
record GuardedStore(SessionStore store, StoreGuard guard) implements SessionStore {

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return guard.bounded(Step.FIND, store.find(id));
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return guard.answered(Step.INSERT, store.insert(record));
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return guard.answered(Step.UPDATE, store.update(record, basedOn));
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return guard.answered(Step.TOUCH, store.touch(id, accessed, expires));
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return guard.answered(Step.DELETE, store.delete(id));
    }
}
