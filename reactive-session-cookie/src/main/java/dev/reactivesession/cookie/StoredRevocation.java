package dev.reactivesession.cookie;

import dev.reactivesession.SessionEvent.Refused.Reason;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.cookie.DenialStore.Change;
import dev.reactivesession.cookie.DenialStore.Validity;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SaveOutcome;
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

    private static final long FIRST_GENERATION = 0;

    private final DenialStore denials;

    private final Duration absoluteTimeout;

    private final @Nullable Duration grace;

    private final Clock clock;

    StoredRevocation(SessionStore store, SessionLimits limits, Clock clock) {
        this.denials = new DenialStore(store);
        this.absoluteTimeout = required(limits.absoluteTimeout());
        this.grace = limits.renewal() == null ? null : limits.renewal().grace();
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
    public Mono<Opening> admit(Mono<Opening> opening, Instant now) {
        return opening.flatMap(found -> found instanceof Opening.Opened opened ? admit(opened, now) : Mono.just(found));
    }

    private Mono<Opening> admit(Opening.Opened opened, Instant now) {
        SessionRecord record = opened.record();
        Lineage lineage = Lineage.of(record).under(Subject.of(record));
        return denials.find(Subject.of(record))
                .map(there -> there.admits(record.id(), lineage, now.toEpochMilli())
                        ? new Opening.Opened(lineage.applyTo(record), opened.renewalDue())
                        : new Opening.Rejected(Reason.REVOKED));
    }

    @Override
    public Mono<SaveOutcome> begin(SessionRecord record, Sealer sealer) {
        return Mono.defer(() -> group(record.principal()))
                .map(group -> sealer.seal(member(record, FIRST_GENERATION, group)));
    }

    @Override
    public Mono<SaveOutcome> succeed(SessionRecord record, TokenChange change, Sealer sealer) {
        return Mono.defer(() -> isSuccession(record, change) ? successor(record, change, sealer) : Mono.just(record))
                .map(sealer::seal)
                .defaultIfEmpty(new SaveOutcome.Gone());
    }

    /** A renewal because of a new key alone leaves the old token good: other requests under way carry it. */
    private boolean isSuccession(SessionRecord record, TokenChange change) {
        boolean renews = change == TokenChange.RENEW && grace != null;
        return change == TokenChange.ROTATE || renews || !former(record).equals(Subject.of(record));
    }

    private Mono<SessionRecord> successor(SessionRecord record, TokenChange change, Sealer sealer) {
        // once the old token is denied it is too late to find that there is no room for a new one
        sealer.requireRoomFor(
                new Lineage(Long.MAX_VALUE, record.lastAccessedAt(), Long.MIN_VALUE, null).applyTo(record));
        Instant now = clock.instant();
        Succession succession = succession(record, change, now);
        // asked before the old token is denied: afterwards nothing may fail any more
        return group(succession.movedTo() == null ? null : record.principal())
                .flatMap(group -> succeed(record, succession, group, now));
    }

    private Mono<SessionRecord> succeed(SessionRecord record, Succession succession, Denials group, Instant now) {
        Validity validity = new Validity(now, succession.until());
        return denials.change(former(record), validity, there -> succession.in(there, now.toEpochMilli()))
                .map(Change::after)
                .map(former ->
                        member(record, former.floorOf(record.id()), succession.movedTo() == null ? former : group));
    }

    private Succession succession(SessionRecord record, TokenChange change, Instant now) {
        return new Succession(
                record.id(),
                Lineage.of(record),
                change == TokenChange.RENEW && grace != null ? now.plus(grace) : null,
                lastDeadline(record.createdAt()),
                former(record).equals(Subject.of(record)) ? null : Subject.of(record));
    }

    /** What is denied to a user whose sessions a session is to be one of. */
    private Mono<Denials> group(@Nullable String principal) {
        return principal == null ? Mono.just(Denials.NONE) : denials.find(Subject.ofUser(principal));
    }

    private static SessionRecord member(SessionRecord record, long generation, Denials there) {
        return new Lineage(generation, record.lastAccessedAt(), there.notBefore(), Subject.of(record)).applyTo(record);
    }

    /** Under whom the token was that the record was loaded with. */
    private static SessionId former(SessionRecord record) {
        return Objects.requireNonNullElse(Lineage.of(record).subject(), Subject.of(record));
    }

    @Override
    public Mono<Boolean> end(SessionRecord record) {
        return Mono.defer(() ->
                end(record.id(), former(record), new Validity(clock.instant(), lastDeadline(record.createdAt()))));
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
