package dev.reactivesession.cookie;

import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.TokenChange;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** Whether a token still counts, and how one is made to count no more. */
interface RevocationCheck {

    /** The opening itself, or a rejection. */
    Mono<Opening> admit(Mono<Opening> opening, Instant now);

    /** Seals the first record of a session. */
    Mono<SaveOutcome> begin(SessionRecord record, Sealer sealer);

    /** Seals a later record, unless the session was ended. */
    Mono<SaveOutcome> succeed(SessionRecord record, TokenChange change, Sealer sealer);

    /** False when it was ended already. */
    Mono<Boolean> end(SessionRecord record);
}
