package dev.reactivesession.engine;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.engine.SessionProbe.Step;
import dev.reactivesession.store.PrincipalRevocation;
import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The ends of sessions that only their clients hold, as far as the revocation remembers them. The idle deadline lies in
 * a token that may have been replaced since, so only the absolute one ends a stream.
 *
 * @param revocation remembers the sessions that were ended, or null
 * @param guard bounds each look
 * @param rules say when a session ends at the latest
 * @param watch the streams that wait
 */
record SealedEnds(@Nullable PrincipalRevocation revocation, StoreGuard guard, RecordRules rules, EndWatch watch)
        implements SessionEnds {

    @Override
    public Mono<Void> ended(SessionLives session) {
        return Mono.defer(() -> {
            PrincipalRevocation asked = required();
            SessionRecord record = session.record();
            return record == null
                    ? Mono.error(cannot("be watched before it is stored: subscribe to ended() in a later request"))
                    : watch.ended(record.id(), true, deadline(asked, record));
        });
    }

    private Mono<Instant> deadline(PrincipalRevocation asked, SessionRecord record) {
        Instant last = lastDeadline(record);
        return Mono.defer(() -> rules.now().isBefore(last)
                        ? guard.answered(Step.FIND, asked.hasEnded(record))
                        : Mono.just(true))
                .filter(ended -> !ended)
                .map(alive -> last);
    }

    private Instant lastDeadline(SessionRecord record) {
        Duration longest = rules.limits().absoluteTimeout();
        return longest == null ? Instant.MAX : record.createdAt().plus(longest);
    }

    @Override
    public Mono<Void> ended(SessionId id) {
        return Mono.error(() -> cannot("be watched by its id alone: use session.ended()"));
    }

    @Override
    public Mono<Void> keepAlive(SessionLives session, Duration interval) {
        return Mono.error(() -> cannot("be kept alive by an open stream: its deadline is in the cookie"));
    }

    private PrincipalRevocation required() {
        if (revocation == null) {
            throw cannot(
                    "be watched for its end without revocation: set reactive-session.sealed.revocation to a store");
        }
        return revocation;
    }

    private static SessionException.Misconfigured cannot(String what) {
        return new SessionException.Misconfigured(
                "a session sealed in the cookie is not kept on the server, so it cannot " + what
                        + "; or choose another reactive-session.store",
                null);
    }
}
