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
 * Seals the record itself into the token: no store, no input or output, unless {@link Revocations} are given. Because
 * there is no store:
 *
 * <ul>
 *   <li>Every save succeeds, and the last token a client receives is the session: parallel responses do not merge. So a
 *       read seals nothing; a write or a due touch does, and brings the token under the first key.
 *   <li>Without revocations an older token opens until its own deadline: after a logout and after a rotation too.
 *   <li>A record that does not fit is {@link SessionException.TooLarge}.
 *   <li>A record that begins or was used later than now is refused, beyond {@link
 *       SealedSessionSettings#CLOCK_TOLERANCE}.
 * </ul>
 */
public final class SealedSessionVault implements SessionVault {

    private final TokenFormat tokens;

    private final Sealer sealer;

    private final SessionLimits limits;

    private final RevocationCheck revocation;

    /**
     * Seals without revocation.
     *
     * @param keys the keys that seal and open
     * @param settings the cookie and its bounds
     * @param limits when a token is renewed
     * @param random makes the nonces: a generator that does not block
     */
    public SealedSessionVault(
            SealingKeys keys, SealedSessionSettings settings, SessionLimits limits, SecureRandom random) {
        this(keys, settings, limits, random, new NoRevocation());
    }

    /**
     * Seals with revocation, at one lookup for each session opened.
     *
     * @param keys the keys that seal and open
     * @param settings the cookie and its bounds
     * @param limits when a token is renewed
     * @param random makes the nonces: a generator that does not block
     * @param revocations remember which sessions were ended before their time
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
            RevocationCheck revocation) {
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
            return judged(RecordFormat.decode(authentic.buffer(), authentic.from(), authentic.end()), now);
        } catch (
                @SuppressWarnings("UnusedException")
                SessionException.Unreadable unreadable) {
            return new Opening.Rejected(Reason.UNREADABLE);
        }
    }

    private Opening judged(SessionRecord record, Instant now) {
        if (isAhead(record, now)) {
            return new Opening.Rejected(Reason.UNREADABLE);
        }
        return record.isExpiredAt(now)
                ? new Opening.Rejected(Reason.EXPIRED)
                : new Opening.Opened(record, isRenewalDue(record, now));
    }

    /** A clock that was ahead has made a session which would live for as long as that clock was wrong. */
    private static boolean isAhead(SessionRecord record, Instant now) {
        Instant latest = now.plus(SealedSessionSettings.CLOCK_TOLERANCE);
        return record.createdAt().isAfter(latest) || record.lastAccessedAt().isAfter(latest);
    }

    /** Only where a touch is due as well, because the read itself must not seal. */
    private boolean isRenewalDue(SessionRecord record, Instant now) {
        return limits.renewal() != null
                && !now.isBefore(record.lastAccessedAt().plus(limits.touchInterval()))
                && !now.isBefore(
                        Lineage.of(record).issued().plus(limits.renewal().every()));
    }

    @Override
    public Mono<SaveOutcome> insert(SessionRecord record, List<WriteName> writes) {
        return revocation.begin(record, sealer);
    }

    @Override
    public Mono<SaveOutcome> update(SessionRecord record, long basedOn, TokenChange change, List<WriteName> writes) {
        return revocation.succeed(record, change, sealer);
    }

    @Override
    public Mono<SaveOutcome> touch(SessionRecord record, Instant accessed, Instant expires) {
        return Mono.defer(() -> revocation.succeed(record.touched(accessed, expires), TokenChange.KEEP, sealer));
    }

    @Override
    public Mono<Boolean> delete(SessionRecord record) {
        return revocation.end(record);
    }
}
