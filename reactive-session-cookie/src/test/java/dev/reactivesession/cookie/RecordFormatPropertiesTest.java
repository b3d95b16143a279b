package dev.reactivesession.cookie;

import static dev.reactivesession.cookie.Samples.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFormatPropertiesTest {

    private final Random random = new Random(7);

    @Test
    void everyRecordComesBackAsItWas() {
        for (int run = 0; run < 20_000; run++) {
            SessionRecord record = anyRecord();
            SealedSessionSettings settings =
                    SETTINGS.withCompressed(random.nextBoolean()).withPaddingBlock(random.nextBoolean() ? 0 : 64);

            assertThat(decoded(RecordFormat.encode(record, settings).toBytes())).isEqualTo(record);
        }
    }

    @Test
    void whateverBytesAreDecodedTheyAreARecordOrUnreadable() {
        for (int run = 0; run < 100_000; run++) {
            byte[] bytes = run % 2 == 0
                    ? anyBytes(80)
                    : damaged(RecordFormat.encode(anyRecord(), SETTINGS).toBytes());
            decodedOrUnreadable(bytes);
        }
    }

    @Test
    void everyTruncationIsUnreadable() {
        byte[] bytes = RecordFormat.encode(anyRecord(), SETTINGS).toBytes();

        for (int length = 0; length < bytes.length; length++) {
            assertThat(decodedOrUnreadable(Arrays.copyOf(bytes, length))).isFalse();
        }
    }

    @Test
    void goldenBytesOfFormatVersion1() {
        String golden = "01" + "0123456789abcdef0f1e2d3c4b5a6978" + "ac02" + "80a0d5edee66" + "809f49" + "80dddb01"
                + "00" + "03" + "c0cf24" + "f6a1d5edee66" + "05616c696365" + "027b7d";

        assertThat(HexFormat.of()
                        .formatHex(
                                RecordFormat.encode(goldenRecord(0), SETTINGS).toBytes()))
                .isEqualTo(golden);
        assertThat(decoded(HexFormat.of().parseHex(golden))).isEqualTo(goldenRecord(0));
    }

    @Test
    void goldenBytesOfARecordWithTheEpochOfItsRevocations() {
        String golden = "05" + "0123456789abcdef0f1e2d3c4b5a6978" + "ac02" + "80a0d5edee66" + "809f49" + "80dddb01"
                + "00" + "03" + "c0cf24" + "f6a1d5edee66" + "ffffffffffff3f" + "05616c696365" + "027b7d";

        assertThat(HexFormat.of()
                        .formatHex(RecordFormat.encode(goldenRecord(StoreEpoch.LARGEST), SETTINGS)
                                .toBytes()))
                .isEqualTo(golden);
        assertThat(decoded(HexFormat.of().parseHex(golden))).isEqualTo(goldenRecord(StoreEpoch.LARGEST));
    }

    private static SessionRecord goldenRecord(long epoch) {
        return new Lineage(3, Instant.parse("2026-01-01T00:05:00Z"), 1_767_225_600_123L, epoch, null)
                .applyTo(new SessionRecord(
                        new SessionId(0x0123456789abcdefL, 0x0f1e2d3c4b5a6978L),
                        new byte[0],
                        300,
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2026-01-01T00:10:00Z"),
                        Duration.ofMinutes(30),
                        Instant.parse("2026-01-01T00:40:00Z"),
                        "alice",
                        new byte[] {'{', '}'}));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 64, 256, 2048})
    void paddingHidesTheLengthUpToTheBlock(int block) {
        SealedSessionSettings padding = SETTINGS.withPaddingBlock(block);

        for (int length = 0; length < 2 * block && length < 2000; length++) {
            SessionRecord record = Samples.record(null, new byte[length], Samples.NOW);
            byte[] bytes = RecordFormat.encode(record, padding).toBytes();
            assertThat(bytes.length % block).isZero();
            assertThat(decoded(bytes).payload()).hasSize(length);
        }
    }

    @Test
    void paddingNeverMakesASessionTooLarge() {
        SealedSessionSettings padding = SETTINGS.withPaddingBlock(2048);
        int room = TokenFormat.roomIn(padding.longestToken());
        SessionRecord record = Samples.record(null, new byte[room - 100], Samples.NOW);

        assertThat(RecordFormat.encode(record, padding).toBytes()).hasSize(room);
    }

    /** docs/store-cookie.md says so: after half a day of use, with revocation and a user name of twenty characters. */
    @Test
    void oneCookieHolds2900BytesOfAttributes() {
        SessionRecord first = Samples.record("somebody@example.com", new byte[2900], Samples.NOW);
        Instant later = Samples.NOW.plus(Duration.ofHours(11));
        SessionRecord used = new SessionRecord(
                first.id(),
                new byte[0],
                16_000,
                first.createdAt(),
                later,
                first.idleTimeout(),
                later.plus(first.idleTimeout()),
                first.principal(),
                first.payload());
        Lineage lineage = new Lineage(1000, later, Samples.NOW.toEpochMilli(), StoreEpoch.LARGEST, null);

        byte[] bytes = RecordFormat.encode(lineage.applyTo(used), SETTINGS).toBytes();

        assertThat(bytes.length).isLessThanOrEqualTo(TokenFormat.roomIn(SETTINGS.longestToken()));
    }

    private boolean decodedOrUnreadable(byte[] bytes) {
        try {
            decoded(bytes);
            return true;
        } catch (SessionException.Unreadable unreadable) {
            return false;
        }
    }

    private static SessionRecord decoded(byte[] bytes) {
        return RecordFormat.decode(bytes, 0, bytes.length);
    }

    private byte[] damaged(byte[] bytes) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    private byte[] anyBytes(int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    private SessionRecord anyRecord() {
        Instant created = Instant.ofEpochMilli(random.nextLong() >> (22 + random.nextInt(20)));
        SessionRecord record = new SessionRecord(
                new SessionId(random.nextLong(), random.nextLong()),
                new byte[0],
                1 + (random.nextLong() >>> (1 + random.nextInt(62))),
                created,
                created.plusMillis(random.nextInt()),
                Duration.ofMillis(random.nextInt(Integer.MAX_VALUE)),
                created.plusMillis(random.nextInt()),
                random.nextBoolean() ? null : "user " + random.nextInt() + " \u00fc\u4e16\ud83c\udf0d",
                anyBytes(random.nextInt(10) == 0 ? 5000 : 200));
        return new Lineage(
                        random.nextLong() >>> random.nextInt(64),
                        created,
                        random.nextLong() >> random.nextInt(64),
                        random.nextBoolean() ? 0 : random.nextLong() >>> random.nextInt(64),
                        null)
                .applyTo(record);
    }
}
