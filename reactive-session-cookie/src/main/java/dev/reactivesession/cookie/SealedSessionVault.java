package dev.reactivesession.cookie;

import dev.reactivesession.SessionEvent.Refused.Reason;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionToken;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionVault;
import dev.reactivesession.store.TokenChange;
import dev.reactivesession.store.WriteName;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Seals the record itself into the token: no store, no input or output, unless {@link Revocations} are given. What follows from there being no store:
 *
 * <ul>
 *   <li>Every save succeeds, and the last token a client receives is the session: parallel responses do not merge.
 *   <li>Without revocations an older token opens for as long as its own deadline allows: after a logout and after a rotation too.
 *   <li>A record that does not fit is {@link SessionException.TooLarge}.
 * </ul>
 */
public final class SealedSessionVault implements SessionVault {

    private final TokenFormat tokens;

    private final Sealer sealer;

    private final SessionLimits limits;

    private final Revocation revocation;

    /**
     * Seals without revocation.
     *
     * @param keys what seals and opens
     * @param settings the cookie and its bounds
     * @param limits the absolute timeout, which is enforced here too, and when a token is renewed
     * @param random where nonces come from: a generator that does not block
     */
    public SealedSessionVault(
            SealingKeys keys, SealedSessionSettings settings, SessionLimits limits, SecureRandom random) {
        this(keys, settings, limits, random, new NoRevocation());
    }

    /**
     * Seals with revocation, at one lookup for each session opened.
     *
     * @param keys what seals and opens
     * @param settings the cookie and its bounds
     * @param limits the absolute timeout, which is enforced here too, and when a token is renewed
     * @param random where nonces come from: a generator that does not block
     * @param revocations what has been ended before its time
     */
    public SealedSessionVault(
            SealingKeys keys,
            SealedSessionSettings settings,
            SessionLimits limits,
            SecureRandom random,
            Revocations revocations) {
        this(keys, settings, limits, random, revocations.forVault());
    }

    private SealedSessionVault(
            SealingKeys keys,
            SealedSessionSettings settings,
            SessionLimits limits,
            SecureRandom random,
            Revocation revocation) {
        this.tokens = new TokenFormat(keys, settings, random);
        this.sealer = new Sealer(tokens, settings);
        this.limits = limits;
        this.revocation = revocation;
    }

    @Override
    public Mono<Opening> open(SessionToken token, Instant now) {
        return revocation.admit(Mono.fromSupplier(() -> unsealed(token, now)), now);
    }

    private Opening unsealed(SessionToken token, Instant now) {
        Unsealed unsealed = tokens.open(token.value());
        if (unsealed instanceof Unsealed.Authentic authentic) {
            return read(authentic, now);
        }
        return new Opening.Rejected(((Unsealed.Refused) unsealed).reason());
    }

    private Opening read(Unsealed.Authentic authentic, Instant now) {
        try {
            SessionRecord record = RecordFormat.decode(authentic.buffer(), authentic.from(), authentic.end());
            return isOver(record, now)
                    ? new Opening.Rejected(Reason.EXPIRED)
                    : new Opening.Opened(record, !authentic.underFirstKey() || isRenewalDue(record, now));
        } catch (
                @SuppressWarnings("UnusedException")
                SessionException.Unreadable unreadable) {
            return new Opening.Rejected(Reason.UNREADABLE);
        }
    }

    private boolean isOver(SessionRecord record, Instant now) {
        return record.isExpiredAt(now)
                || (limits.absoluteTimeout() != null
                        && !now.isBefore(record.createdAt().plus(limits.absoluteTimeout())));
    }

    private boolean isRenewalDue(SessionRecord record, Instant now) {
        return limits.renewal() != null
                && !now.isBefore(
                        Lineage.of(record).issued().plus(limits.renewal().every()));
    }

    @Override
    public Mono<SaveOutcome> insert(SessionRecord record, List<WriteName> writes) {
        return revocation.begin(record, sealer);
    }

    @Override
    public Mono<SaveOutcome> update(
            SessionRecord record, long basedOn, TokenChange change, List<WriteName> writes) {
        return revocation.succeed(record, change, sealer);
    }

    @Override
    public Mono<SaveOutcome> touch(SessionRecord record, Instant accessed, Instant expires) {
        return Mono.fromSupplier(() -> sealer.seal(record.touched(accessed, expires)));
    }

    @Override
    public Mono<Boolean> delete(SessionRecord record) {
        return revocation.end(record);
    }
}
