package dev.reactivesession.engine;

import dev.reactivesession.SessionEvent.Refused.Reason;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits.Renewal;
import dev.reactivesession.SessionToken;
import dev.reactivesession.engine.SessionProbe.Step;
import dev.reactivesession.store.CopiedSessions;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.Opening.Opened;
import dev.reactivesession.store.Opening.Rejected;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SaveOutcome.Gone;
import dev.reactivesession.store.SaveOutcome.Moved;
import dev.reactivesession.store.SaveOutcome.Saved;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionVault;
import dev.reactivesession.store.TokenChange;
import dev.reactivesession.store.WriteName;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keeps records in a store and gives out keys to them: the token is the id and a secret; the record holds its
 * hash.
 */
final class KeyedSessionVault implements SessionVault {

    private static final Opening MALFORMED = new Rejected(Reason.MALFORMED);

    private static final Opening UNKNOWN = new Rejected(Reason.UNKNOWN);

    private static final Opening FORGED = new Rejected(Reason.FORGED);

    private static final SaveOutcome GONE = new Gone();

    private final SessionStore store;

    private final @Nullable CopiedSessions copies;

    private final StoreGuard guard;

    private final RecordRules rules;

    private final SecureRandom random;

    private final @Nullable Renewal renewal;

    KeyedSessionVault(SessionStore store, StoreGuard guard, RecordRules rules, SecureRandom random) {
        this.store = store;
        this.copies = store.power(CopiedSessions.class).orElse(null);
        this.guard = guard;
        this.rules = rules;
        this.random = random;
        this.renewal = rules.limits().renewal();
    }

    @Override
    public Mono<Opening> open(SessionToken token, Instant now) {
        KeyedToken presented = KeyedToken.parse(token);
        if (presented == null) {
            return guard.watched(Step.OPEN, Mono.just(MALFORMED));
        }
        Mono<Opening> opening = open(presented, now, store.find(presented.id()));
        return guard.watched(Step.OPEN, copies == null ? opening : confirmed(opening, presented, now, copies));
    }

    private Mono<Opening> confirmed(Mono<Opening> opening, KeyedToken presented, Instant now, CopiedSessions copied) {
        return opening.flatMap(answer ->
                isYes(answer, now) ? Mono.just(answer) : open(presented, now, copied.findDurable(presented.id())));
    }

    private Mono<Opening> open(KeyedToken presented, Instant now, Mono<SessionRecord> found) {
        return guard.inTime(found).map(record -> check(presented, record, now)).defaultIfEmpty(UNKNOWN);
    }

    /** A copy may only say yes: the durable store is asked before a token is refused. */
    private boolean isYes(Opening answer, Instant now) {
        return answer instanceof Opened opened && !rules.isExpired(opened.record(), now);
    }

    private Opening check(KeyedToken presented, SessionRecord record, Instant now) {
        TokenProof proof = RecordProof.tokenIn(record.proof());
        if (proof == null) {
            return FORGED;
        }
        byte[] hash = presented.secretHash();
        if (proof.isCurrent(hash)) {
            return new Opened(record, isRenewalDue(proof, now));
        }
        return proof.isPrevious(hash, now) ? new Opened(record, false) : FORGED;
    }

    private boolean isRenewalDue(TokenProof proof, Instant now) {
        return renewal != null && !proof.since().plus(renewal.every()).isAfter(now);
    }

    @Override
    public Mono<SaveOutcome> insert(SessionRecord record, List<WriteName> writes) {
        return guard.watched(Step.INSERT, Mono.defer(() -> {
            KeyedToken token = KeyedToken.issue(record.id(), random);
            TokenProof proof = TokenProof.of(token, record.lastAccessedAt());
            RecordProof first = new RecordProof(proof, writes.get(writes.size() - 1), WriteNames.of(writes));
            SessionRecord proven = record.withProof(first.write());
            return guard.answeredInTime(Step.INSERT, store.insert(proven))
                    .flatMap(done -> done
                            ? Mono.just(new Saved(proven, token.toToken()))
                            : present(proven, null, token, writes));
        }));
    }

    @Override
    public Mono<SaveOutcome> update(SessionRecord record, long basedOn, TokenChange change, List<WriteName> writes) {
        return guard.watched(Step.UPDATE, Mono.defer(() -> {
            RecordProof base = RecordProof.read(record.proof());
            if (base == null) {
                return Mono.just(GONE);
            }
            KeyedToken token = change == TokenChange.KEEP ? null : KeyedToken.issue(record.id(), random);
            SessionRecord proven = record.withProof(successor(base, token, change, record.lastAccessedAt(), writes)
                    .write());
            return guard.answeredInTime(Step.UPDATE, store.update(proven, basedOn))
                    .flatMap(done -> done
                            ? Mono.just(new Saved(proven, token == null ? null : token.toToken()))
                            : present(proven, base, token, writes));
        }));
    }

    private RecordProof successor(
            RecordProof base, @Nullable KeyedToken token, TokenChange change, Instant now, List<WriteName> writes) {
        if (token == null) {
            return base.with(writes);
        }
        return change == TokenChange.RENEW && renewal != null
                ? base.renewedTo(base.token().renewedBy(token, now, now.plus(renewal.grace())), writes)
                : base.rotatedTo(TokenProof.of(token, now), writes);
    }

    /** The record that is there in place of a refused one. A copy has no say in this either. */
    private Mono<SaveOutcome> present(
            SessionRecord refused, @Nullable RecordProof base, @Nullable KeyedToken issued, List<WriteName> writes) {
        return guard.inTime(findDurable(refused.id()))
                .filter(current -> !rules.isExpired(current, refused.lastAccessedAt()))
                .map(current -> outcome(current, base, issued, writes))
                .defaultIfEmpty(GONE);
    }

    private Mono<SessionRecord> findDurable(SessionId id) {
        return copies == null ? store.find(id) : copies.findDurable(id);
    }

    private static SaveOutcome outcome(
            SessionRecord current, @Nullable RecordProof base, @Nullable KeyedToken issued, List<WriteName> writes) {
        RecordProof proof = RecordProof.read(current.proof());
        if (proof == null) {
            return GONE;
        }
        boolean holds = issued != null && proof.token().isCurrent(issued.secretHash());
        return new Moved(
                current,
                proof.amongWrites(writes),
                proof.isReplacedSince(base, writes),
                holds ? Objects.requireNonNull(issued).toToken() : null);
    }

    @Override
    public Mono<SaveOutcome> touch(SessionRecord record, Instant accessed, Instant expires) {
        return guard.watched(
                Step.TOUCH,
                guard.answeredInTime(Step.TOUCH, store.touch(record.id(), accessed, expires))
                        .map(done -> done ? new Saved(record.touched(accessed, expires), null) : GONE));
    }

    @Override
    public Mono<Boolean> delete(SessionRecord record) {
        return guard.answered(Step.DELETE, store.delete(record.id()));
    }
}
