package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.TimeLimit;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** The durable store, of which an answer that does not come in time is an error. */
final class DurableStore implements SessionStore {

    private final SessionStore store;

    private final TimeLimit limit;

    DurableStore(SessionStore store, TimeLimit limit) {
        this.store = store;
        this.limit = limit;
    }

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return inTime(store.find(id));
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return inTime(store.insert(record));
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return inTime(store.update(record, basedOn));
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return inTime(store.touch(id, accessed, expires));
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return inTime(store.delete(id));
    }

    private <T> Mono<T> inTime(Mono<T> operation) {
        return limit.on(operation, this::tooLate);
    }

    private SessionException.Unavailable tooLate() {
        return new SessionException.Unavailable(
                "the durable store did not answer within " + limit.bound()
                        + " (reactive-session.tiered.durable-timeout)",
                null);
    }
}
