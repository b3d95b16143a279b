package dev.reactivesession.tiered;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** Hides the optional powers of a store. */
record PlainStore(SessionStore store) implements SessionStore {

    static SessionStore around(SessionStore store) {
        return new PlainStore(store);
    }

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
}
