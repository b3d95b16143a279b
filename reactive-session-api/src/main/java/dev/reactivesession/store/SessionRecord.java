package dev.reactivesession.store;

import dev.reactivesession.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The immutable stored form of a session. Times are cut to milliseconds, the idle timeout too, so that every store
 * gives back exactly what it was given. Arrays are handed over, not copied: an array that is part of a record is never
 * written to.
 *
 * @param id the key
 * @param proof what checks a token: opaque to a store, at most 256 bytes, not secret enough to log in with
 * @param version raised by one by every save; the first is 1
 * @param createdAt when the session began
 * @param lastAccessedAt the last recorded use
 * @param idleTimeout how long it lives unused
 * @param expiresAt the first instant at which it is gone
 * @param principal the user it belongs to, or null
 * @param payload the attributes: opaque to a store, UTF-8 JSON with the default codec
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode look into the arrays
public record SessionRecord(
        SessionId id,
        byte[] proof,
        long version,
        Instant createdAt,
        Instant lastAccessedAt,
        Duration idleTimeout,
        Instant expiresAt,
        @Nullable String principal,
        byte[] payload) {

    /** Cuts times to the milliseconds that every store can keep. */
    public SessionRecord {
        Objects.requireNonNull(id, "id");
        createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
        lastAccessedAt = lastAccessedAt.truncatedTo(ChronoUnit.MILLIS);
        idleTimeout = idleTimeout.truncatedTo(ChronoUnit.MILLIS);
        expiresAt = expiresAt.truncatedTo(ChronoUnit.MILLIS);
        if (version < 1) {
            throw new IllegalArgumentException("version is " + version + ", but the first is 1");
        }
    }

    /**
     * Whether the deadline has come. At exactly the deadline it has.
     *
     * @param now the time by the clock of the application
     * @return true when the session is gone, even if the record is still there
     */
    public boolean isExpiredAt(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /**
     * The same record with another proof.
     *
     * @param other the proof
     * @return a copy
     */
    public SessionRecord withProof(byte[] other) {
        return new SessionRecord(
                id, other, version, createdAt, lastAccessedAt, idleTimeout, expiresAt, principal, payload);
    }

    /**
     * The same record, used more recently.
     *
     * @param accessed the last use
     * @param expires the new deadline
     * @return a copy in which no time moved back
     */
    public SessionRecord touched(Instant accessed, Instant expires) {
        return new SessionRecord(
                id,
                proof,
                version,
                createdAt,
                later(lastAccessedAt, accessed),
                idleTimeout,
                later(expiresAt, expires),
                principal,
                payload);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SessionRecord that
                && id.equals(that.id)
                && version == that.version
                && Arrays.equals(proof, that.proof)
                && createdAt.equals(that.createdAt)
                && lastAccessedAt.equals(that.lastAccessedAt)
                && idleTimeout.equals(that.idleTimeout)
                && expiresAt.equals(that.expiresAt)
                && Objects.equals(principal, that.principal)
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, version, expiresAt);
    }

    /** Shows everything but the proof and the payload. */
    @Override
    public String toString() {
        return "SessionRecord[id=" + id + ", version=" + version + ", createdAt=" + createdAt + ", lastAccessedAt="
                + lastAccessedAt + ", idleTimeout=" + idleTimeout + ", expiresAt=" + expiresAt + ", principal="
                + principal
                + ", payload=" + payload.length + " bytes]";
    }
}
