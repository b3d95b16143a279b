package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.test.SampleRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A record is a value")
class SessionRecordTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00.123Z");

    private static final SessionRecord RECORD =
            SampleRecord.begunAt(START).principal("alice").payload("secret").record();

    static Stream<SampleRecord> others() {
        SampleRecord sample = SampleRecord.of(RECORD);
        return Stream.of(
                sample.id(SampleRecord.randomId()),
                sample.proof((byte) 1),
                sample.version(2),
                sample.created(START.minusMillis(1)),
                sample.accessed(START.plusMillis(1)),
                sample.idle(Duration.ofMinutes(31)).expires(RECORD.expiresAt()),
                sample.expires(START),
                sample.principal("bob"),
                sample.principal(null),
                sample.payload("other"));
    }

    @ParameterizedTest
    @MethodSource("others")
    @DisplayName("A record that differs in one field is another")
    void oneFieldMakesAnother(SampleRecord other) {
        assertThat(other.record()).isNotEqualTo(RECORD);
    }

    @Test
    @DisplayName("A record with the same fields is the same, whatever arrays hold them")
    void theSameFieldsAreTheSameRecord() {
        SessionRecord copy = SampleRecord.of(RECORD)
                .proof(RECORD.proof().clone())
                .payload(RECORD.payload().clone())
                .record();

        assertThat(copy).isEqualTo(RECORD).hasSameHashCodeAs(RECORD);
        assertThat(RECORD).isNotEqualTo("a record");
        assertThat(SampleRecord.of(RECORD).version(2).record().hashCode()).isNotEqualTo(RECORD.hashCode());
    }

    @Test
    @DisplayName("Its text shows neither proof nor payload")
    void itsTextHidesProofAndPayload() {
        assertThat(RECORD.toString())
                .contains(RECORD.id().toString(), "alice", "payload=6 bytes")
                .doesNotContain("secret", "proof");
    }

    @Test
    @DisplayName("Times are cut to milliseconds, and versions begin at 1")
    void timesAreCut() {
        SessionRecord cut = SampleRecord.of(RECORD)
                .created(START.plusNanos(1))
                .accessed(START.plusNanos(2))
                .idle(SampleRecord.IDLE.plusNanos(3))
                .expires(RECORD.expiresAt().plusNanos(4))
                .record();

        assertThat(cut).isEqualTo(RECORD);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleRecord.of(RECORD).version(0))
                .withMessageContaining("version is 0");
    }

    @Test
    @DisplayName("A touch moves each time forward and neither back")
    void aTouchMovesForward() {
        Instant later = START.plusSeconds(1);

        SessionRecord touched = RECORD.touched(later, RECORD.expiresAt().plusSeconds(1));

        assertThat(touched.lastAccessedAt()).isEqualTo(later);
        assertThat(touched.expiresAt()).isEqualTo(RECORD.expiresAt().plusSeconds(1));
        assertThat(touched.touched(START, RECORD.expiresAt())).isEqualTo(touched);
    }

    @Test
    @DisplayName("It is expired at its deadline, and not before")
    void itExpiresAtItsDeadline() {
        assertThat(RECORD.isExpiredAt(RECORD.expiresAt().minusNanos(1))).isFalse();
        assertThat(RECORD.isExpiredAt(RECORD.expiresAt())).isTrue();
    }
}
