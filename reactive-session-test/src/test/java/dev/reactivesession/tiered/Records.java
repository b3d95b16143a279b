package dev.reactivesession.tiered;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Records of one session, and what it turns into. */
public final class Records {

    public static final Duration IDLE = Duration.ofMinutes(30);

    public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private Records() {}

    public static SessionRecord session(long number) {
        return new SessionRecord(
                new SessionId(7, number), proof(1), 1, START, START, IDLE, START.plus(IDLE), "alice", payload("first"));
    }

    public static SessionRecord saved(SessionRecord record, Instant accessed, String payload) {
        return new SessionRecord(
                record.id(),
                record.proof(),
                record.version() + 1,
                record.createdAt(),
                accessed,
                record.idleTimeout(),
                accessed.plus(record.idleTimeout()),
                record.principal(),
                payload(payload));
    }

    public static SessionRecord saved(SessionRecord record) {
        return saved(record, record.lastAccessedAt(), "of version " + (record.version() + 1));
    }

    public static SessionRecord rotated(SessionRecord record) {
        return saved(record).withProof(proof(2));
    }

    private static byte[] proof(int number) {
        return new byte[] {(byte) number};
    }

    private static byte[] payload(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
