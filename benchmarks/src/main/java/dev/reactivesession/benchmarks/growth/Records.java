package dev.reactivesession.benchmarks.growth;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/** Records of a payload of 1 KiB that no store can compress, under ids that can be told again from their numbers. */
final class Records {

    static final int PAYLOAD = 1024;

    private static final int PROOF = 40;

    private static final Duration IDLE = Duration.ofMinutes(30);

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private Records() {}

    static SessionId id(long number) {
        return SessionId.of(random(number, SessionId.BYTES));
    }

    static SessionRecord record(long number) {
        return record(number, 1);
    }

    static SessionRecord record(long number, long version) {
        return new SessionRecord(
                id(number),
                random(~number, PROOF),
                version,
                NOW,
                accessed(version),
                IDLE,
                NOW.plus(Duration.ofHours(12)),
                null,
                random(number + version, PAYLOAD));
    }

    /** Each use is a second after the one before. */
    static Instant accessed(long use) {
        return NOW.plusSeconds(use);
    }

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }
}
