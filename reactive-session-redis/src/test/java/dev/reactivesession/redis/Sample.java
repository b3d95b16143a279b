package dev.reactivesession.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ThreadLocalRandom;

/** Records for tests. */
final class Sample {

    static final Duration IDLE = Duration.ofMinutes(30);

    private Sample() {}

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    static SessionId id() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new SessionId(random.nextLong(), random.nextLong());
    }

    static SessionRecord session() {
        return session(null, "{}");
    }

    static SessionRecord session(String principal, String payload) {
        return session(principal, payload, now(), IDLE);
    }

    static SessionRecord session(String principal, String payload, Instant now, Duration idle) {
        byte[] proof = new byte[32];
        ThreadLocalRandom.current().nextBytes(proof);
        return new SessionRecord(id(), proof, 1, now, now, idle, now.plus(idle), principal, payload.getBytes(UTF_8));
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
                payload.getBytes(UTF_8));
    }

    static SessionRecord ofPrincipal(SessionRecord record, String principal) {
        return new SessionRecord(
                record.id(),
                record.proof(),
                record.version() + 1,
                record.createdAt(),
                record.lastAccessedAt(),
                record.idleTimeout(),
                record.expiresAt(),
                principal,
                record.payload());
    }
}
