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
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
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

    private final SealedSessionSettings settings;

    private final @Nullable Duration absoluteTimeout;

    private final Revocation revocation;

    /**
     * Seals without revocation.
     *
     * @param keys what seals and opens
     * @param settings the cookie and its bounds
     * @param limits of which the absolute timeout is enforced here
     * @param random where nonces come from
     */
    public SealedSessionVault(
            SealingKeys keys, SealedSessionSettings settings, SessionLimits limits, SecureRandom random) {
        this(keys, settings, limits, random, Revocation.NONE);
    }

    /**
     * Seals with revocation, at one lookup for each session opened.
     *
     * @param keys what seals and opens
     * @param settings the cookie and its bounds
     * @param limits of which the absolute timeout is enforced here
     * @param random where nonces come from
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
        this.settings = settings;
        this.absoluteTimeout = limits.absoluteTimeout();
        this.revocation = revocation;
    }

    @Override
    public Mono<Opening> open(SessionToken token, Instant now) {
        return Mono.defer(() -> {
            Opening opening = unsealed(token, now);
            return opening instanceof Opening.Opened opened ? revocation.admit(opened, now) : Mono.just(opening);
        });
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
                    : new Opening.Opened(record, !authentic.underFirstKey());
        } catch (
                @SuppressWarnings("UnusedException")
                SessionException.Unreadable unreadable) {
            return new Opening.Rejected(Reason.UNREADABLE);
        }
    }

    private boolean isOver(SessionRecord record, Instant now) {
        return record.isExpiredAt(now)
                || (absoluteTimeout != null && !now.isBefore(record.createdAt().plus(absoluteTimeout)));
    }

    @Override
    public Mono<SaveOutcome> insert(SessionRecord record) {
        return Mono.defer(() -> revocation.begin(record)).map(this::sealed);
    }

    @Override
    public Mono<SaveOutcome> update(SessionRecord record, long basedOn, TokenChange change) {
        return Mono.defer(() -> successor(record, change)).map(this::sealed).defaultIfEmpty(new SaveOutcome.Gone());
    }

    private Mono<SessionRecord> successor(SessionRecord record, TokenChange change) {
        if (revocation != Revocation.NONE && change != TokenChange.KEEP) {
            // once the old token is denied it is too late to find that a new one cannot be had
            tokens.requireRoomFor(encoded(record.withProof(Lineage.WIDEST.toProof())).length);
        }
        return revocation.succeed(record, change);
    }

    @Override
    public Mono<SaveOutcome> touch(SessionRecord record, Instant accessed, Instant expires) {
        return Mono.fromSupplier(() -> sealed(record.touched(accessed, expires)));
    }

    @Override
    public Mono<Boolean> delete(SessionRecord record) {
        return Mono.defer(() -> revocation.end(record));
    }

    private SaveOutcome sealed(SessionRecord record) {
        return new SaveOutcome.Saved(record, new SessionToken(tokens.seal(encoded(record))));
    }

    private byte[] encoded(SessionRecord record) {
        return RecordFormat.encode(record, settings);
    }
}
