package dev.reactivesession.cookie;

import dev.reactivesession.SessionEvent.Refused.Reason;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.cookie.DenialStore.Change;
import dev.reactivesession.cookie.DenialStore.Validity;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.TokenChange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Revocation by what a store remembers. */
final class StoredRevocation implements Revocation {

    /** The clocks of several nodes may differ by so much before a token outlives its denial. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    private final DenialStore denials;

    private final Duration absoluteTimeout;

    private final Duration grace;

    private final Clock clock;

    StoredRevocation(SessionStore store, SessionLimits limits, Clock clock) {
        this.denials = new DenialStore(store);
        this.absoluteTimeout = required(limits.absoluteTimeout());
        this.grace = limits.renewal() == null ? Duration.ZERO : limits.renewal().grace();
        this.clock = clock;
    }

    private static Duration required(@Nullable Duration absoluteTimeout) {
        if (absoluteTimeout == null) {
            throw new SessionException.Misconfigured(
                    "revocation of sealed sessions needs reactive-session.absolute-timeout:"
                            + " without one it would have to remember for ever",
                    null);
        }
        return absoluteTimeout;
    }

    @Override
    public Mono<Opening> admit(Opening.Opened opened, Instant now) {
        SessionRecord record = opened.record();
        SessionId subject = Subject.of(record);
        Lineage lineage = Lineage.of(record.proof()).under(subject);
        return denials.find(subject)
                .map(there -> there.admits(record.id(), lineage, now.toEpochMilli())
                        ? new Opening.Opened(record.withProof(lineage.toProof()), opened.renewalDue())
                        : new Opening.Rejected(Reason.REVOKED));
    }

    @Override
    public Mono<SessionRecord> begin(SessionRecord record) {
        return join(record, Lineage.FIRST.generation());
    }

    @Override
    public Mono<SessionRecord> succeed(SessionRecord record, TokenChange change) {
        Lineage lineage = Lineage.of(record.proof());
        SessionId subject = Subject.of(record);
        SessionId former = Objects.requireNonNullElse(lineage.subject(), subject);
        boolean moves = !former.equals(subject);
        if (change == TokenChange.KEEP && !moves) {
            return Mono.just(record);
        }
        Instant now = clock.instant();
        Instant graceUntil = change == TokenChange.RENEW ? now.plus(grace) : null;
        Instant until = lastDeadline(record.createdAt());
        Succession succession = new Succession(record.id(), lineage, graceUntil, until, moves ? subject : null);
        return denials.change(former, new Validity(now, until), there -> succession.in(there, now.toEpochMilli()))
                .flatMap(done -> succeeded(record, done.after(), moves));
    }

    private Mono<SessionRecord> succeeded(SessionRecord record, Denials former, boolean moves) {
        long generation = former.floorOf(record.id());
        return moves
                ? join(record, generation)
                : Mono.just(
                        record.withProof(new Lineage(generation, former.notBefore(), Subject.of(record)).toProof()));
    }

    private Mono<SessionRecord> join(SessionRecord record, long generation) {
        SessionId subject = Subject.of(record);
        Mono<Denials> there = record.principal() == null ? Mono.just(Denials.NONE) : denials.find(subject);
        return there.map(denied -> record.withProof(new Lineage(generation, denied.notBefore(), subject).toProof()));
    }

    @Override
    public Mono<Boolean> end(SessionRecord record) {
        SessionId subject =
                Objects.requireNonNullElse(Lineage.of(record.proof()).subject(), Subject.of(record));
        return end(record.id(), subject, new Validity(clock.instant(), lastDeadline(record.createdAt())));
    }

    Mono<Boolean> end(SessionId session, SessionId subject) {
        Instant now = clock.instant();
        return end(session, subject, new Validity(now, lastDeadline(now)));
    }

    private Mono<Boolean> end(SessionId session, SessionId subject, Validity validity) {
        long until = validity.until().toEpochMilli();
        return denials.change(
                        subject,
                        validity,
                        there -> there.ended(session, until, validity.from().toEpochMilli()))
                .flatMap(change -> change.changed() ? endWhereItWent(session, change, validity) : Mono.just(false));
    }

    /** A request that loaded the session before it changed hands ends it where it is now. */
    private Mono<Boolean> endWhereItWent(SessionId session, Change change, Validity validity) {
        Denial denial = change.after().of(session);
        return denial == null || denial.movedTo() == null
                ? Mono.just(true)
                : end(session, denial.movedTo(), validity).thenReturn(true);
    }

    Mono<Void> endAll(String principal, @Nullable SessionId except) {
        Instant now = clock.instant();
        return denials.change(
                        Subject.ofUser(principal),
                        new Validity(now, lastDeadline(now)),
                        there -> there.all(except, now.toEpochMilli()))
                .then();
    }

    private Instant lastDeadline(Instant createdAt) {
        return createdAt.plus(absoluteTimeout).plus(CLOCK_DIFFERENCE);
    }
}
