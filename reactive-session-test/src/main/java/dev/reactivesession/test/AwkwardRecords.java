package dev.reactivesession.test;

import dev.reactivesession.SessionLimits;
import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Every field of a record at its bounds, and with the values that stores get wrong. */
final class AwkwardRecords {

    private static final int LONGEST_PROOF = 128;

    private static final int LONGEST_PRINCIPAL = 512;

    private static final int LARGE_PAYLOAD = 100 * 1024;

    private final Instant start;

    AwkwardRecords(Instant start) {
        this.start = start;
    }

    Stream<DynamicTest> each(Consumer<SessionRecord> check) {
        return Stream.of(
                test("no principal", Samples.session(start, null), check),
                test("a plain principal", Samples.session(start, "alice"), check),
                test("a principal beyond ASCII", Samples.session(start, "Zoë Ωμέγα 山田 \uD83D\uDE80"), check),
                test("a principal of blanks and quotes", Samples.session(start, " '\"\\;--{}*?[]%_:\t\n "), check),
                test("the longest principal", Samples.session(start, "x".repeat(LONGEST_PRINCIPAL)), check),
                test(
                        "the longest principal beyond ASCII",
                        Samples.session(start, "山".repeat(LONGEST_PRINCIPAL)),
                        check),
                test("an empty payload", payload(new byte[0]), check),
                test("a payload of every byte", payload(Samples.everyByte()), check),
                test("a payload of zeros", payload(new byte[64]), check),
                test("a payload of 100 KiB", payload(Samples.bytes(LARGE_PAYLOAD)), check),
                test("a payload that looks like text", payload(Samples.payload("{\"a\":\"\\u0000 ü\"}")), check),
                test("no proof", Samples.session(start).withProof(new byte[0]), check),
                test("a proof of one zero byte", Samples.session(start).withProof(new byte[1]), check),
                test("the longest proof", Samples.session(start).withProof(Samples.bytes(LONGEST_PROOF)), check),
                test("the shortest idle timeout", living(Duration.ofSeconds(1)), check),
                test("an idle timeout with milliseconds", living(Duration.ofMillis(1_800_001)), check),
                test("the longest idle timeout", living(SessionLimits.LONGEST), check),
                test("a deadline before the idle one", deadline(start.plusSeconds(60)), check),
                test("a session begun long ago", begun(start.minus(SessionLimits.LONGEST)), check),
                test("a session begun before 1970", begun(Instant.ofEpochMilli(-1)), check),
                test("the first version", version(1), check),
                test("a version beyond 32 bits", version(1L << 40), check),
                test("a version beyond the exact doubles", version((1L << 53) + 1), check),
                test("the last version but one", version(Long.MAX_VALUE - 1), check));
    }

    private SessionRecord payload(byte[] payload) {
        return Samples.withPayload(Samples.session(start), payload);
    }

    /** The deadline stays half an hour away: a store may drop what has expired by its own clock. */
    private SessionRecord living(Duration idle) {
        SessionRecord record = Samples.living(Samples.session(start), idle);
        return idle.compareTo(Samples.IDLE) < 0
                ? Samples.usedAt(record, record.lastAccessedAt(), start.plus(Samples.IDLE))
                : record;
    }

    private SessionRecord deadline(Instant expires) {
        return Samples.usedAt(Samples.session(start), start, expires);
    }

    private SessionRecord begun(Instant createdAt) {
        return Samples.begunAt(Samples.session(start), createdAt);
    }

    private SessionRecord version(long version) {
        return Samples.withVersion(Samples.session(start), version);
    }

    private static DynamicTest test(String name, SessionRecord record, Consumer<SessionRecord> check) {
        return DynamicTest.dynamicTest(name, () -> check.accept(record));
    }
}
