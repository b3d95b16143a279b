package dev.reactivesession.engine;

import dev.reactivesession.SessionEvent.Refused.Reason;
import dev.reactivesession.SessionLimits.Renewal;
import dev.reactivesession.SessionToken;
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
import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Keeps records in a store and gives out keys to them: the token is the id and a secret of which the record holds the hash. */
final class KeyedSessionVault implements SessionVault {

    private static final Opening MALFORMED = new Rejected(Reason.MALFORMED);

    private static final Opening UNKNOWN = new Rejected(Reason.UNKNOWN);

    private static final Opening FORGED = new Rejected(Reason.FORGED);

    private static final SaveOutcome GONE = new Gone();

    private final SessionStore store;

    private final SecureRandom random;

    private final @Nullable Renewal renewal;

    KeyedSessionVault(SessionStore store, SecureRandom random, @Nullable Renewal renewal) {
        this.store = store;
        this.random = random;
        this.renewal = renewal;
    }

    @Override
    public Mono<Opening> open(SessionToken token, Instant now) {
        KeyedToken presented = KeyedToken.parse(token);
        if (presented == null) {
            return Mono.just(MALFORMED);
        }
        return store.find(presented.id())
                .map(record -> check(presented, record, now))
                .defaultIfEmpty(UNKNOWN);
    }

    private Opening check(KeyedToken presented, SessionRecord record, Instant now) {
        TokenProof proof = TokenProof.read(record.proof());
        byte[] hash = presented.secretHash();
        if (proof == null) {
            return FORGED;
        }
        if (proof.isCurrent(hash)) {
            return new Opened(record, isRenewalDue(proof, now));
        }
        return proof.isPrevious(hash, now) ? new Opened(record, false) : FORGED;
    }

    private boolean isRenewalDue(TokenProof proof, Instant now) {
        return renewal != null && !proof.since().plus(renewal.every()).isAfter(now);
    }

    @Override
    public Mono<SaveOutcome> insert(SessionRecord record) {
        return Mono.defer(() -> {
            KeyedToken token = KeyedToken.issue(record.id(), random);
            SessionRecord proven = record.withProof(
                    TokenProof.of(token, record.lastAccessedAt()).write());
            return store.insert(proven).map(done -> done ? new Saved(proven, token.toToken()) : GONE);
        });
    }

    @Override
    public Mono<SaveOutcome> update(SessionRecord record, long basedOn, TokenChange change) {
        return Mono.defer(() -> switch (change) {
            case KEEP -> update(record, basedOn, (SessionToken) null);
            case ROTATE -> rotate(record, basedOn, false);
            case RENEW -> rotate(record, basedOn, true);
        });
    }

    private Mono<SaveOutcome> rotate(SessionRecord record, long basedOn, boolean withGrace) {
        KeyedToken token = KeyedToken.issue(record.id(), random);
        TokenProof before = withGrace ? TokenProof.read(record.proof()) : null;
        Instant now = record.lastAccessedAt();
        TokenProof proof = before == null || renewal == null
                ? TokenProof.of(token, now)
                : before.renewedBy(token, now, now.plus(renewal.grace()));
        return update(record.withProof(proof.write()), basedOn, token.toToken());
    }

    private Mono<SaveOutcome> update(SessionRecord record, long basedOn, @Nullable SessionToken token) {
        return store.update(record, basedOn)
                .flatMap(done -> done ? Mono.just(new Saved(record, token)) : whatIsThere(record));
    }

    private Mono<SaveOutcome> whatIsThere(SessionRecord refused) {
        return store.find(refused.id())
                .filter(current -> !current.isExpiredAt(refused.lastAccessedAt()))
                .<SaveOutcome>map(Moved::new)
                .defaultIfEmpty(GONE);
    }

    @Override
    public Mono<SaveOutcome> touch(SessionRecord record, Instant accessed, Instant expires) {
        return store.touch(record.id(), accessed, expires)
                .map(done -> done ? new Saved(record.touched(accessed, expires), null) : GONE);
    }

    @Override
    public Mono<Boolean> delete(SessionRecord record) {
        return store.delete(record.id());
    }
}
