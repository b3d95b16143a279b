package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionException.Unreadable;
import dev.reactivesession.store.SessionRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The form of a row is not ours: what does not fit is a typed error, and never a record that nobody has stored. */
class PackedRecordTest {

    private static final int COLUMNS = 9;

    private static final Instant CREATED = Instant.parse("1969-12-31T23:59:59.999Z");

    private final ByteBuffer row = ByteBuffer.allocate(512);

    @Test
    void aRowIsARecord() {
        SessionRecord record = PackedRecord.record(row("zoë", new byte[] {7, 8}));
        assertThat(record.id().high()).isEqualTo(1);
        assertThat(record.id().low()).isEqualTo(2);
        assertThat(record.version()).isEqualTo(3);
        assertThat(record.createdAt()).isEqualTo(CREATED);
        assertThat(record.lastAccessedAt()).isEqualTo(Instant.parse("2026-05-01T12:00:00.123Z"));
        assertThat(record.idleTimeout()).isEqualTo(Duration.ofMinutes(30));
        assertThat(record.principal()).isEqualTo("zoë");
        assertThat(record.payload()).containsExactly(7, 8);
    }

    @Test
    void nobodyAndNothingAreARecordToo() {
        SessionRecord record = PackedRecord.record(row(null, new byte[0]));
        assertThat(record.principal()).isNull();
        assertThat(record.payload()).isEmpty();
    }

    @Test
    void aRowThatEndsTooEarlyIsUnreadable() {
        byte[] whole = row("zoë", new byte[] {7, 8});
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> PackedRecord.record(part)).isInstanceOf(Unreadable.class);
        }
    }

    @Test
    void aRowWithOtherColumnsIsUnreadable() {
        byte[] whole = row("zoë", new byte[] {7, 8});
        ByteBuffer.wrap(whole).putInt(COLUMNS + 1);
        assertThatThrownBy(() -> PackedRecord.record(whole)).isInstanceOf(Unreadable.class);
    }

    @Test
    void aRowWithoutAPayloadIsUnreadable() {
        byte[] whole = row("zoë", null);
        assertThatThrownBy(() -> PackedRecord.record(whole))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("payload");
    }

    private byte[] row(String principal, byte[] payload) {
        row.clear().putInt(COLUMNS);
        column(ByteBuffer.allocate(16).putLong(1).putLong(2).array());
        column(new byte[] {5, 6});
        column(number(3));
        column(time(CREATED));
        column(time(Instant.parse("2026-05-01T12:00:00.123Z")));
        column(number(Duration.ofMinutes(30).toMillis()));
        column(time(Instant.parse("2026-05-01T12:30:00.123Z")));
        column(principal == null ? null : principal.getBytes(StandardCharsets.UTF_8));
        column(payload);
        return Arrays.copyOf(row.array(), row.position());
    }

    private static byte[] time(Instant instant) {
        return number(
                Duration.between(Instant.parse("2000-01-01T00:00:00Z"), instant).toMillis() * 1_000);
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private void column(byte[] value) {
        row.putInt(17).putInt(value == null ? -1 : value.length).put(value == null ? new byte[0] : value);
    }
}
