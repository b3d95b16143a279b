package dev.reactivesession.cookie;

import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.TokenChange;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** Whether a token still counts, and what makes one count no more. */
interface Revocation {

    /** Tokens count until their deadline. */
    Revocation NONE = new Revocation() {

        @Override
        public Mono<Opening> admit(Opening.Opened opened, Instant now) {
            return Mono.just(opened);
        }

        @Override
        public Mono<SessionRecord> begin(SessionRecord record) {
            return Mono.just(record);
        }

        @Override
        public Mono<SessionRecord> succeed(SessionRecord record, TokenChange change) {
            return Mono.just(record);
        }

        @Override
        public Mono<Boolean> end(SessionRecord record) {
            return Mono.just(true);
        }
    };

    /** The opening itself, or a rejection. */
    Mono<Opening> admit(Opening.Opened opened, Instant now);

    /** The first record of a session, with its lineage. */
    Mono<SessionRecord> begin(SessionRecord record);

    /** The record with the lineage of its next token; empty when the session was ended. */
    Mono<SessionRecord> succeed(SessionRecord record, TokenChange change);

    /** False when it was ended already. */
    Mono<Boolean> end(SessionRecord record);
}
