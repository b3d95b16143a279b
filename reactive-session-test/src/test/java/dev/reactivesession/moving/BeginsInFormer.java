package dev.reactivesession.moving;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Instant;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** A store in the middle of a move, for sessions that all began before it. */
record BeginsInFormer(SessionStore former, SessionStore moving) implements SessionStore {

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return moving.find(id);
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return former.insert(record);
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return moving.update(record, basedOn);
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return moving.touch(id, accessed, expires);
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return moving.delete(id);
    }

    @Override
    public <P> Optional<P> power(Class<P> type) {
        return moving.power(type);
    }
}
