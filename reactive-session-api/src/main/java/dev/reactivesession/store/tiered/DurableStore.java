package dev.reactivesession.store.tiered;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.CopiedSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.TimeLimit;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** The durable store. A late answer is an error. */
record DurableStore(SessionStore store, TimeLimit limit) {

    <T> Mono<T> ask(Function<SessionStore, Mono<T>> operation) {
        return limit.on(operation.apply(store), this::tooLate);
    }

    /** The durable store may itself answer from copies: then it is asked to ask on. */
    Mono<SessionRecord> findDurable(SessionId id) {
        return ask(asked -> asked.power(CopiedSessions.class)
                .map(copied -> copied.findDurable(id))
                .orElseGet(() -> asked.find(id)));
    }

    private SessionException.Unavailable tooLate() {
        return new SessionException.Unavailable(
                "the durable store did not answer within " + limit.bound()
                        + " (reactive-session.tiered.durable-timeout)",
                null);
    }
}
