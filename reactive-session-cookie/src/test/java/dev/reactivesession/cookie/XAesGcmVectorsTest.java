package dev.reactivesession.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors published with c2sp.org/XAES-256-GCM, all of them. */
class XAesGcmVectorsTest {

    @ParameterizedTest(name = "most significant bit of L is {0}")
    @CsvSource({
        "0, 1, '', ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271",
        "1, 3, c2sp.org/XAES-256-GCM, 986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"
    })
    void e16TheTwoWorkedExamples(int bit, byte keyByte, String additional, String ciphertext) throws Exception {
        byte[] key = new byte[XAesGcm.KEY_BYTES];
        Arrays.fill(key, keyByte);
        byte[] nonce = ascii("ABCDEFGHIJKLMNOPQRSTUVWX");

        byte[] sealed = run(Cipher.ENCRYPT_MODE, key, nonce, ascii(additional), ascii("XAES-256-GCM"));

        assertThat(HexFormat.of().formatHex(sealed)).isEqualTo(ciphertext);
        assertThat(run(Cipher.DECRYPT_MODE, key, nonce, ascii(additional), sealed))
                .isEqualTo(ascii("XAES-256-GCM"));
    }

    @Test
    void e16TenThousandRandomMessagesHaveThePublishedHash() throws Exception {
        assertThat(accumulated(10_000)).isEqualTo("e6b9edf2df6cec60c8cbd864e2211b597fb69a529160cd040d56c0c210081939");
    }

    @Test
    @Tag("large")
    void e16AMillionRandomMessagesHaveThePublishedHash() throws Exception {
        assertThat(accumulated(1_000_000))
                .isEqualTo("2163ae1445985a30b60585ee67daa55674df06901b890593e824b8a7c885ab15");
    }

    private static String accumulated(int messages) throws GeneralSecurityException {
        SHAKEDigest source = new SHAKEDigest(128);
        SHAKEDigest sink = new SHAKEDigest(128);
        for (int message = 0; message < messages; message++) {
            byte[] key = read(source, XAesGcm.KEY_BYTES);
            byte[] nonce = read(source, XAesGcm.NONCE_BYTES);
            byte[] plain = read(source, read(source, 1)[0] & 0xff);
            byte[] additional = read(source, read(source, 1)[0] & 0xff);
            byte[] sealed = run(Cipher.ENCRYPT_MODE, key, nonce, additional, plain);
            assertThat(run(Cipher.DECRYPT_MODE, key, nonce, additional, sealed)).isEqualTo(plain);
            sink.update(sealed, 0, sealed.length);
        }
        byte[] hash = new byte[32];
        sink.doFinal(hash, 0, hash.length);
        return HexFormat.of().formatHex(hash);
    }

    private static byte[] read(SHAKEDigest source, int length) {
        byte[] bytes = new byte[length];
        source.doOutput(bytes, 0, length);
        return bytes;
    }

    private static byte[] run(int mode, byte[] key, byte[] nonce, byte[] additional, byte[] input)
            throws GeneralSecurityException {
        Cipher cipher = new XAesGcm(key).forMessage(mode, nonce, 0);
        cipher.updateAAD(additional);
        return cipher.doFinal(input);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
