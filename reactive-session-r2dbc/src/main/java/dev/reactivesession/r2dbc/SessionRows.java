package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import reactor.core.publisher.Mono;

/** The operations on one session, as {@link dev.reactivesession.store.SessionStore} promises them. */
interface SessionRows {

    Mono<SessionRecord> find(SessionId id);

    Mono<Boolean> write(RowWrite write);

    /** Connects, so that the first visitor does not wait for it. */
    Mono<Void> connect();

    Mono<Void> close();
}
