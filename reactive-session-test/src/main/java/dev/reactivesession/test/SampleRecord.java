package dev.reactivesession.test;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes records for the tests of a store. A test names only the parts it is about:
 *
 * <pre>{@code
 * SessionRecord stored = SampleRecord.begunAt(now).principal("alice").record();
 * SessionRecord saved = SampleRecord.of(stored).payload("changed").next();
 * }</pre>
 *
 * A sample is a value: each method gives another one.
 *
 * @param record the record as it is so far
 */
public record SampleRecord(SessionRecord record) {

    /** The idle timeout of a sample, unless it gets another. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    private static final int PROOF_BYTES = 32;

    /**
     * A first version by no principal, with a new random id and proof.
     *
     * @param start when it was begun and last used
     * @return a sample
     */
    public static SampleRecord begunAt(Instant start) {
        return new SampleRecord(new SessionRecord(
                randomId(), randomBytes(PROOF_BYTES), 1, start, start, IDLE, start.plus(IDLE), null, text("first")));
    }

    /**
     * Begins with a record that is there.
     *
     * @param record any
     * @return a sample that equals it
     */
    public static SampleRecord of(SessionRecord record) {
        return new SampleRecord(record);
    }

    /**
     * An id that no other test has.
     *
     * @return 128 random bits
     */
    public static SessionId randomId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new SessionId(random.nextLong(), random.nextLong());
    }

    static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The record that a save of this one gives.
     *
     * @return the same with the next version
     */
    public SessionRecord next() {
        return version(record.version() + 1).record;
    }

    /**
     * Under another id.
     *
     * @param id the id
     * @return another sample
     */
    public SampleRecord id(SessionId id) {
        return with(id, record.version(), record.principal(), record.payload());
    }

    /**
     * With another proof.
     *
     * @param proof at most 256 bytes
     * @return another sample
     */
    public SampleRecord proof(byte... proof) {
        return new SampleRecord(record.withProof(proof));
    }

    /**
     * With another version.
     *
     * @param version 1 or more
     * @return another sample
     */
    public SampleRecord version(long version) {
        return with(record.id(), version, record.principal(), record.payload());
    }

    /**
     * By a user, or by none.
     *
     * @param principal the user name, or null
     * @return another sample
     */
    public SampleRecord principal(@Nullable String principal) {
        return with(record.id(), record.version(), principal, record.payload());
    }

    /**
     * With another payload.
     *
     * @param payload any bytes
     * @return another sample
     */
    public SampleRecord payload(byte... payload) {
        return with(record.id(), record.version(), record.principal(), payload);
    }

    /**
     * With a text as payload.
     *
     * @param payload any text, kept as UTF-8
     * @return another sample
     */
    public SampleRecord payload(String payload) {
        return payload(text(payload));
    }

    private SampleRecord with(SessionId id, long version, @Nullable String principal, byte[] payload) {
        return new SampleRecord(new SessionRecord(
                id,
                record.proof(),
                version,
                record.createdAt(),
                record.lastAccessedAt(),
                record.idleTimeout(),
                record.expiresAt(),
                principal,
                payload));
    }

    /**
     * Begun at another time; its other times stay.
     *
     * @param created when
     * @return another sample
     */
    public SampleRecord created(Instant created) {
        return at(created, record.lastAccessedAt(), record.idleTimeout(), record.expiresAt());
    }

    /**
     * Used at another time; its deadline stays.
     *
     * @param accessed when
     * @return another sample
     */
    public SampleRecord accessed(Instant accessed) {
        return at(record.createdAt(), accessed, record.idleTimeout(), record.expiresAt());
    }

    /**
     * With another deadline.
     *
     * @param expires when it is over
     * @return another sample
     */
    public SampleRecord expires(Instant expires) {
        return at(record.createdAt(), record.lastAccessedAt(), record.idleTimeout(), expires);
    }

    /**
     * With another idle timeout, and the deadline that this gives.
     *
     * @param idle how long it lives unused
     * @return another sample
     */
    public SampleRecord idle(Duration idle) {
        return at(
                record.createdAt(),
                record.lastAccessedAt(),
                idle,
                record.lastAccessedAt().plus(idle));
    }

    private SampleRecord at(Instant created, Instant accessed, Duration idle, Instant expires) {
        return new SampleRecord(new SessionRecord(
                record.id(),
                record.proof(),
                record.version(),
                created,
                accessed,
                idle,
                expires,
                record.principal(),
                record.payload()));
    }
}
