package dev.reactivesession.test;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Records of the contract. Ids and names are new on each call, so that tests over one back end do not meet. */
final class Samples {

    static final Duration IDLE = SampleRecord.IDLE;

    private Samples() {}

    static SessionId id() {
        return SampleRecord.randomId();
    }

    static String principal(String name) {
        return name + "-" + id();
    }

    static SessionRecord session(Instant start) {
        return SampleRecord.begunAt(start).record();
    }

    static SessionRecord session(Instant start, @Nullable String principal) {
        return SampleRecord.begunAt(start).principal(principal).record();
    }

    static SessionRecord next(SessionRecord record, String payload) {
        return SampleRecord.of(record).payload(payload).next();
    }

    static SessionRecord usedAt(SessionRecord record, Instant accessed, Instant expires) {
        return SampleRecord.of(record).accessed(accessed).expires(expires).record();
    }

    static SessionRecord ofPrincipal(SessionRecord record, @Nullable String principal) {
        return SampleRecord.of(record).principal(principal).record();
    }

    static SessionRecord withPayload(SessionRecord record, byte[] payload) {
        return SampleRecord.of(record).payload(payload).record();
    }

    static SessionRecord withVersion(SessionRecord record, long version) {
        return SampleRecord.of(record).version(version).record();
    }

    static SessionRecord living(SessionRecord record, Duration idle) {
        return SampleRecord.of(record).idle(idle).record();
    }

    static SessionRecord begunAt(SessionRecord record, Instant createdAt) {
        return SampleRecord.of(record).created(createdAt).record();
    }

    static SessionRecord underIdOf(SessionRecord first, SessionRecord record) {
        return SampleRecord.of(record).id(first.id()).record();
    }

    static byte[] payload(String text) {
        return SampleRecord.text(text);
    }

    static byte[] everyByte() {
        byte[] bytes = new byte[256];
        for (int value = 0; value < bytes.length; value++) {
            bytes[value] = (byte) value;
        }
        return bytes;
    }

    static byte[] bytes(int length) {
        return SampleRecord.randomBytes(length);
    }
}
