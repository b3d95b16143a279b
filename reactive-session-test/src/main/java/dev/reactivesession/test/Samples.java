package dev.reactivesession.test;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Records for tests. Ids and names are new on each call, so that tests over one back end do not meet. */
final class Samples {

    static final Duration IDLE = Duration.ofMinutes(30);

    private static final int PROOF_BYTES = 32;

    private Samples() {}

    static SessionId id() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new SessionId(random.nextLong(), random.nextLong());
    }

    static String principal(String name) {
        return name + "-" + id();
    }

    static SessionRecord session(Instant start) {
        return session(start, null);
    }

    static SessionRecord session(Instant start, @Nullable String principal) {
        return new SessionRecord(
                id(), bytes(PROOF_BYTES), 1, start, start, IDLE, start.plus(IDLE), principal, payload("first"));
    }

    static SessionRecord next(SessionRecord record, String payload) {
        return new SessionRecord(
                record.id(),
                record.proof(),
                record.version() + 1,
                record.createdAt(),
                record.lastAccessedAt(),
                record.idleTimeout(),
                record.expiresAt(),
                record.principal(),
                payload(payload));
    }

    static SessionRecord usedAt(SessionRecord record, Instant accessed, Instant expires) {
        return new SessionRecord(
                record.id(),
                record.proof(),
                record.version(),
                record.createdAt(),
                accessed,
                record.idleTimeout(),
                expires,
                record.principal(),
                record.payload());
    }

    static SessionRecord ofPrincipal(SessionRecord record, @Nullable String principal) {
        return new SessionRecord(
                record.id(),
                record.proof(),
                record.version(),
                record.createdAt(),
                record.lastAccessedAt(),
                record.idleTimeout(),
                record.expiresAt(),
                principal,
                record.payload());
    }

    static SessionRecord withPayload(SessionRecord record, byte[] payload) {
        return new SessionRecord(
                record.id(),
                record.proof(),
                record.version(),
                record.createdAt(),
                record.lastAccessedAt(),
                record.idleTimeout(),
                record.expiresAt(),
                record.principal(),
                payload);
    }

    static SessionRecord withVersion(SessionRecord record, long version) {
        return new SessionRecord(
                record.id(),
                record.proof(),
                version,
                record.createdAt(),
                record.lastAccessedAt(),
                record.idleTimeout(),
                record.expiresAt(),
                record.principal(),
                record.payload());
    }

    static SessionRecord living(SessionRecord record, Duration idle) {
        return new SessionRecord(
                record.id(),
                record.proof(),
                record.version(),
                record.createdAt(),
                record.lastAccessedAt(),
                idle,
                record.lastAccessedAt().plus(idle),
                record.principal(),
                record.payload());
    }

    static SessionRecord begunAt(SessionRecord record, Instant createdAt) {
        return new SessionRecord(
                record.id(),
                record.proof(),
                record.version(),
                createdAt,
                record.lastAccessedAt(),
                record.idleTimeout(),
                record.expiresAt(),
                record.principal(),
                record.payload());
    }

    static SessionRecord underIdOf(SessionRecord first, SessionRecord record) {
        return new SessionRecord(
                first.id(),
                record.proof(),
                record.version(),
                record.createdAt(),
                record.lastAccessedAt(),
                record.idleTimeout(),
                record.expiresAt(),
                record.principal(),
                record.payload());
    }

    static byte[] payload(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] everyByte() {
        byte[] bytes = new byte[256];
        for (int value = 0; value < bytes.length; value++) {
            bytes[value] = (byte) value;
        }
        return bytes;
    }

    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }
}
