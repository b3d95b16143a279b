package dev.reactivesession.cookie;

import dev.reactivesession.SessionEvent.Refused.Reason;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.cookie.Lineage.Admission;
import dev.reactivesession.cookie.RevokedTokensStore.Change;
import dev.reactivesession.cookie.RevokedTokensStore.Validity;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.TokenChange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Revocation by the memory of a store. */
final class StoredRevocation implements RevocationCheck {

    private static final long FIRST_GENERATION = 0;

    private final RevokedTokensStore revoked;

    private final StoreEpoch epoch;

    private final RevocationMemory memory;

    private final @Nullable Duration grace;

    private final Clock clock;

    StoredRevocation(RevokedTokensStore revoked, StoreEpoch epoch, SessionLimits limits, Clock clock) {
        this.revoked = revoked;
        this.epoch = epoch;
        this.memory = RevocationMemory.of(limits);
        this.grace = limits.renewal() == null ? null : limits.renewal().grace();
        this.clock = clock;
    }

    @Override
    public Mono<Opening> admit(Mono<Opening> opening, Instant now) {
        return opening.flatMap(found -> found instanceof Opening.Opened opened ? admit(opened, now) : Mono.just(found));
    }

    /** The store is asked about the token first, and then about its age, so no loss falls between. */
    private Mono<Opening> admit(Opening.Opened opened, Instant now) {
        Subject subject = Subject.of(opened.record());
        return Mono.zip(
                revoked.find(subject), epoch.current(), (there, age) -> judged(opened, subject, there, age, now));
    }

    private Opening judged(Opening.Opened opened, Subject subject, RevokedTokens there, long age, Instant now) {
        SessionRecord record = opened.record();
        Lineage lineage = Lineage.of(record).admitted(subject, now);
        boolean ended = !epoch.covers(lineage.epoch(), age) || there.hasEnded(record.id(), lineage);
        if (ended || !memory.reaches(record, now)) {
            return new Opening.Rejected(Reason.REVOKED);
        }
        return there.admits(record.id(), lineage, now.toEpochMilli())
                ? new Opening.Opened(lineage.applyTo(record), opened.renewalDue())
                : new Opening.Rejected(Reason.FORGED);
    }

    @Override
    public Mono<SaveOutcome> begin(SessionRecord record, Sealer sealer) {
        return Mono.defer(() -> group(memory.requireReach(record).principal()))
                .zipWith(epoch.lastKnown())
                .map(both -> member(record, FIRST_GENERATION, both.getT1(), both.getT2()))
                .flatMap(this::kept)
                .map(sealer::seal);
    }

    @Override
    public Mono<SaveOutcome> succeed(SessionRecord record, TokenChange change, Sealer sealer) {
        return Mono.defer(() -> isSuccession(memory.requireReach(record), change)
                        ? successor(record, change, sealer)
                        : kept(record))
                .map(sealer::seal)
                .defaultIfEmpty(new SaveOutcome.Gone());
    }

    private boolean isSuccession(SessionRecord record, TokenChange change) {
        boolean renews = change == TokenChange.RENEW && grace != null;
        return change == TokenChange.ROTATE || renews || !former(record).equals(Subject.of(record));
    }

    /** A token that would outlive what is remembered of an end is sealed only after another look. */
    private Mono<SessionRecord> kept(SessionRecord record) {
        Admission admission = Lineage.of(record).admission();
        Instant now = clock.instant();
        if (admission == null || memory.outlasts(record, admission.at())) {
            return Mono.just(record);
        }
        Validity validity = new Validity(now, memory.lastDeadline(record.createdAt()));
        return revoked.change(former(record), validity, there -> stillAdmitting(there, record, validity))
                .map(change -> record);
    }

    private @Nullable RevokedTokens stillAdmitting(RevokedTokens there, SessionRecord record, Validity validity) {
        long now = validity.from().toEpochMilli();
        if (!there.admits(record.id(), Lineage.of(record), now)) {
            return null;
        }
        return memory.outlasts(record, validity.from())
                ? there
                : there.noted(record.id(), validity.until().toEpochMilli(), now);
    }

    private Mono<SessionRecord> successor(SessionRecord record, TokenChange change, Sealer sealer) {
        // once the old token is denied it is too late to find that there is no room for a new one
        sealer.requireRoomFor(
                new Lineage(Long.MAX_VALUE, record.lastAccessedAt(), Long.MIN_VALUE, StoreEpoch.LARGEST, null)
                        .applyTo(record));
        Instant now = clock.instant();
        Succession succession = succession(record, change, now);
        // asked before the old token is denied: afterwards nothing may fail any more
        return group(succession.movedTo() == null ? null : record.principal())
                .zipWith(epoch.current())
                .filter(both -> epoch.covers(succession.former().epoch(), both.getT2()))
                .flatMap(both -> succeed(record, succession, both.getT1(), both.getT2(), now));
    }

    private Mono<SessionRecord> succeed(
            SessionRecord record, Succession succession, RevokedTokens group, long age, Instant now) {
        Validity validity = new Validity(now, succession.until());
        return revoked.change(former(record), validity, there -> succession.in(there, now.toEpochMilli()))
                .map(Change::after)
                .map(former -> member(
                        record, former.floorOf(record.id()), succession.movedTo() == null ? former : group, age));
    }

    private Succession succession(SessionRecord record, TokenChange change, Instant now) {
        Subject former = former(record);
        boolean stays = former.equals(Subject.of(record));
        return new Succession(
                record.id(),
                Lineage.of(record),
                change == TokenChange.RENEW && grace != null ? now.plus(grace) : null,
                memory.until(record, stays && !former.ofUser(), now),
                stays ? null : Subject.of(record).key());
    }

    /** The revoked tokens of a user whose sessions a session is to be one of. */
    private Mono<RevokedTokens> group(@Nullable String principal) {
        return principal == null ? Mono.just(RevokedTokens.NONE) : revoked.find(Subject.ofUser(principal));
    }

    private SessionRecord member(SessionRecord record, long generation, RevokedTokens there, long age) {
        return new Lineage(generation, record.lastAccessedAt(), there.notBefore(), age, null)
                .admitted(Subject.of(record), clock.instant())
                .applyTo(record);
    }

    /** Under whom the token was that the record was loaded with. */
    private static Subject former(SessionRecord record) {
        Admission admission = Lineage.of(record).admission();
        return admission == null ? Subject.of(record) : admission.subject();
    }

    @Override
    public Mono<Boolean> end(SessionRecord record) {
        return Mono.defer(() -> {
            Instant now = clock.instant();
            Subject subject = former(record);
            return end(record.id(), subject, new Validity(now, memory.until(record, !subject.ofUser(), now)));
        });
    }

    Mono<Boolean> end(SessionId session, Subject subject) {
        Instant now = clock.instant();
        Instant until = subject.ofUser() ? memory.lastDeadline(now) : memory.anonymousDeadline(now);
        return end(session, subject, new Validity(now, until));
    }

    private Mono<Boolean> end(SessionId session, Subject subject, Validity validity) {
        long until = validity.until().toEpochMilli();
        return revoked.change(
                        subject,
                        validity,
                        there -> there.ended(session, until, validity.from().toEpochMilli()))
                .flatMap(change -> change.changed() ? endWhereItWent(session, change, validity) : Mono.just(false));
    }

    /** A request that loaded the session before it changed hands ends it where it is now. */
    private Mono<Boolean> endWhereItWent(SessionId session, Change change, Validity validity) {
        Denial denial = change.after().of(session);
        if (denial == null || denial.movedTo() == null) {
            return Mono.just(true);
        }
        Validity lasting = new Validity(validity.from(), Instant.ofEpochMilli(denial.until()));
        return end(session, new Subject(denial.movedTo(), true), lasting).thenReturn(true);
    }

    /** A login moves a session to another subject: there it is another one to those who wait for the end of this. */
    Mono<Boolean> hasEnded(SessionRecord record) {
        Lineage lineage = Lineage.of(record);
        return Mono.zip(
                revoked.find(former(record)),
                epoch.current(),
                (there, age) -> !epoch.covers(lineage.epoch(), age) || there.hasLeft(record.id(), lineage));
    }

    Mono<Void> endAll(String principal, @Nullable SessionId except) {
        Instant now = clock.instant();
        return revoked.change(
                        Subject.ofUser(principal),
                        new Validity(now, memory.lastDeadline(now)),
                        there -> there.all(except, now.toEpochMilli()))
                .then();
    }
}
