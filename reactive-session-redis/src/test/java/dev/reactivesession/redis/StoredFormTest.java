package dev.reactivesession.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StoredFormTest {

    private static final SessionId ID = new SessionId(1, 2);

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final String GOLDEN = "rs1 v=0000000000000000007 a=001767225600000 e=001767227400000"
            + " c=001767225600000 i=000000001800000 w=9f86d081884c7d65 u=0005 p=0004 alice AQID\n{\"a\":1}";

    @Test
    void theFirstFormatIsTheseBytes() {
        byte[] written = StoredForm.write(record("alice"), 0x9f86d081884c7d65L);
        assertThat(new String(written, UTF_8)).isEqualTo(GOLDEN);
    }

    @Test
    void theseBytesAreReadAsTheRecord() throws Exception {
        assertThat(StoredForm.read(ID, GOLDEN.getBytes(UTF_8))).contains(record("alice"));
    }

    @Test
    void nobodyIsNotTheEmptyName() throws Exception {
        assertThat(StoredForm.read(ID, StoredForm.write(record(null), 1))).contains(record(null));
        assertThat(StoredForm.read(ID, StoredForm.write(record(""), 1))).contains(record(""));
    }

    @Test
    void wordOfAnEndedSessionIsNoRecord() throws Exception {
        assertThat(StoredForm.read(ID, RedisKeys.bytes("rs1 ended"))).isEmpty();
    }

    @Test
    void anythingElseIsUnreadableAndIsNotRepeated() {
        for (String other :
                new String[] {"", "rs1 v=1", "rsx v=1", GOLDEN.substring(0, 120), GOLDEN.replace("u=0005", "u=9999")}) {
            assertThatThrownBy(() -> StoredForm.read(ID, RedisKeys.bytes(other)))
                    .isInstanceOf(SessionException.Unreadable.class)
                    .hasMessageContaining(ID.toString())
                    .hasMessageNotContaining("AQID");
        }
    }

    @Test
    void anotherFormatOfOursIsKnownByItsName() {
        assertThatThrownBy(() -> StoredForm.read(ID, RedisKeys.bytes(GOLDEN.replace("rs1", "rs27"))))
                .isInstanceOf(StoredForm.UnknownFormat.class)
                .hasMessage("rs27");
    }

    private static SessionRecord record(String principal) {
        return new SessionRecord(
                ID,
                new byte[] {1, 2, 3},
                7,
                START,
                START,
                Duration.ofMinutes(30),
                START.plus(Duration.ofMinutes(30)),
                principal,
                "{\"a\":1}".getBytes(UTF_8));
    }
}
