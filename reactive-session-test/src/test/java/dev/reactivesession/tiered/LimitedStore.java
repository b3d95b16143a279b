package dev.reactivesession.tiered;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Has some of the optional powers of a store. */
record LimitedStore(SessionStore store, List<Class<?>> powers) implements SessionStore {

    static SessionStore withoutPowers(SessionStore store) {
        return new LimitedStore(store, List.of());
    }

    @Override
    public <P> Optional<P> power(Class<P> type) {
        return powers.contains(type) ? store.power(type) : Optional.empty();
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
