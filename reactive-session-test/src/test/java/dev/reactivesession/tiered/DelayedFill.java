package dev.reactivesession.tiered;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;

/** A way to a store on which something else is done first, once, before the first insert or update. */
final class DelayedFill implements SessionStore {

    private final InMemorySessionStore store;

    private final Mono<Void> before;

    private final AtomicBoolean done = new AtomicBoolean();

    DelayedFill(InMemorySessionStore store, Mono<Void> before) {
        this.store = store;
        this.before = before;
    }

    boolean done() {
        return done.get();
    }

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return store.find(id);
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return late().then(store.insert(record));
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return late().then(store.update(record, basedOn));
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return store.touch(id, accessed, expires);
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return store.delete(id);
    }

    private Mono<Void> late() {
        return Mono.defer(() -> done.compareAndSet(false, true) ? before : Mono.empty());
    }
}
