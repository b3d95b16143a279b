package dev.reactivesession.benchmarks.growth;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * Records of a payload of 1 KiB, under ids that can be told again from their numbers: the MD5 of the digits, which a
 * database can make up as well.
 */
final class Records {

    static final int PAYLOAD = 1024;

    private static final int PROOF = 40;

    static final int MD5_BYTES = 16;

    static final Duration IDLE = Duration.ofMinutes(30);

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    static final Instant END = NOW.plus(Duration.ofHours(12));

    private Records() {}

    static SessionId id(long number) {
        try {
            byte[] digits = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
            return SessionId.of(MessageDigest.getInstance("MD5").digest(digits));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has MD5", impossible);
        }
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
                END,
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
