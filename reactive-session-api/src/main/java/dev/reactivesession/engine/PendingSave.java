package dev.reactivesession.engine;

import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.TokenChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one save is to store, and on what it is based.
 *
 * @param life which life of the working copy it belongs to: ending a session begins another
 * @param base the record as loaded, or null when there is none yet
 * @param stored the attributes of that record
 * @param attributes the attributes changed
 * @param principal the new principal, when it was changed
 * @param idleTimeout the idle timeout, when it was changed
 * @param token what becomes of the token
 */
record PendingSave(
        int life,
        @Nullable SessionRecord base,
        Map<String, EncodedValue> stored,
        List<AttributeChange> attributes,
        @Nullable PrincipalChange principal,
        @Nullable Duration idleTimeout,
        TokenChange token) {

    private static final byte[] NO_PROOF_YET = {};

    boolean isEmpty() {
        return attributes.isEmpty() && principal == null && idleTimeout == null && token == TokenChange.KEEP;
    }

    /** A renewal is not repeated when another request has just done it, nor tried when the client cannot get the token. */
    PendingSave withoutRenewal() {
        return token == TokenChange.RENEW
                ? new PendingSave(life, base, stored, attributes, principal, idleTimeout, TokenChange.KEEP)
                : this;
    }

    Optional<String> login() {
        return principal == null ? Optional.empty() : Optional.ofNullable(principal.to());
    }

    /** Whether two requests gave the session to different users. */
    boolean isPrincipalConflict(SessionRecord current) {
        if (principal == null || base == null) {
            return false;
        }
        String there = current.principal();
        return !Objects.equals(there, base.principal()) && !Objects.equals(there, principal.to());
    }

    SessionRecord first(SessionId id, Instant createdAt, Instant now, SessionLimits limits, byte[] payload) {
        Duration idle = idleTimeout == null ? limits.idleTimeout() : idleTimeout;
        return new SessionRecord(
                id,
                NO_PROOF_YET,
                1,
                createdAt,
                now,
                idle,
                limits.deadline(createdAt, now, idle),
                login().orElse(null),
                payload);
    }

    SessionRecord successorOf(SessionRecord current, Instant accessed, SessionLimits limits, byte[] payload) {
        Duration idle = idleTimeout == null ? current.idleTimeout() : idleTimeout;
        return new SessionRecord(
                current.id(),
                current.proof(),
                current.version() + 1,
                current.createdAt(),
                accessed,
                idle,
                limits.deadline(current.createdAt(), accessed, idle),
                principal == null ? current.principal() : principal.to(),
                payload);
    }
}
