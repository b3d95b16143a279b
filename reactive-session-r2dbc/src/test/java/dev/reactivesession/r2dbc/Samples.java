package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Records for tests. */
final class Samples {

    static final Instant START = Instant.parse("2026-05-01T12:00:00.123Z");

    static final Duration IDLE = Duration.ofMinutes(30);

    private Samples() {}

    static SessionRecord session() {
        return session("alice", "{\"cart\":[1,2]}");
    }

    static SessionRecord session(String principal, String payload) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new SessionRecord(
                new SessionId(random.nextLong(), random.nextLong()),
                new byte[] {1, 2, 3},
                1,
                START,
                START,
                IDLE,
                START.plus(IDLE),
                principal,
                payload.getBytes(StandardCharsets.UTF_8));
    }

    static SessionRecord next(SessionRecord record) {
        return lasting(record, record.expiresAt());
    }

    static SessionRecord lasting(SessionRecord record, Instant expires) {
        return new SessionRecord(
                record.id(),
                record.proof(),
                record.version() + 1,
                record.createdAt(),
                record.lastAccessedAt(),
                record.idleTimeout(),
                expires,
                record.principal(),
                record.payload());
    }
}
