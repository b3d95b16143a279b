package dev.reactivesession.engine;

import dev.reactivesession.SessionException;
import dev.reactivesession.engine.SessionProbe.Step;
import dev.reactivesession.store.SessionRecord;
import reactor.core.publisher.Mono;

/**
 * The save that comes with every answer. A session that was ended elsewhere stays so, which is no error here.
 *
 * @param writer the way out
 * @param probe watches the step
 * @param savesOnServerError whether the changes of a request that failed are stored
 */
record SessionCommit(SessionWriter writer, SessionProbe probe, boolean savesOnServerError) {

    /** Before the answer is committed. */
    Mono<Void> of(SessionLives session, boolean serverError) {
        return probe.watch(Step.COMMIT, late(session, serverError));
    }

    /** After it. */
    Mono<Void> late(SessionLives session, boolean serverError) {
        if (serverError && !savesOnServerError) {
            return writer.endInTurn(session);
        }
        return Mono.defer(() -> session.saves().isIdle() && isSurelyAsStored(session)
                ? Mono.empty()
                : writer.save(session).onErrorComplete(SessionException.Gone.class));
    }

    private static boolean isSurelyAsStored(SessionLives session) {
        SessionRecord record = session.record();
        return record != null && session.isSurelyAsStored() && !session.isTouchDue(record);
    }
}
