package dev.reactivesession.cookie;

import static dev.reactivesession.cookie.Samples.NOW;
import static dev.reactivesession.cookie.Samples.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.aead.XAesGcmKey;
import com.google.crypto.tink.aead.XAesGcmParameters;
import com.google.crypto.tink.aead.internal.XAesGcm;
import com.google.crypto.tink.util.SecretBytes;
import dev.reactivesession.SessionToken;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SessionRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.RepeatedTest;

/** Another implementation of XAES-256-GCM opens what is sealed here, and seals what opens here. */
class TinkOracleTest {

    private static final int HEADER = 17;

    private final byte[] material = Base64.getDecoder().decode(Samples.key(1));

    private final SealedSessionVault vault = Samples.vault(1);

    @RepeatedTest(100)
    void e16TinkOpensWhatIsSealedHere() throws GeneralSecurityException {
        SessionRecord record = record("{\"n\":" + Samples.RANDOM.nextLong() + "}");
        byte[] token =
                Base64.getUrlDecoder().decode(Samples.insert(vault, record).value());

        byte[] plain = tink().decrypt(Arrays.copyOfRange(token, HEADER, token.length), additional(token));

        assertThat(RecordFormat.decode(plain, 0, plain.length))
                .isEqualTo(Lineage.of(record).applyTo(record));
    }

    @RepeatedTest(100)
    void e16WhatTinkSealsOpensHere() throws GeneralSecurityException {
        SessionRecord record = record("{\"n\":" + Samples.RANDOM.nextLong() + "}");
        byte[] header = new byte[HEADER];
        header[0] = 1;
        SealingKey.parse(Samples.key(1)).writeId(header, 1);

        byte[] sealed =
                tink().encrypt(RecordFormat.encode(record, Samples.SETTINGS).toBytes(), additional(header));
        byte[] token = ByteBuffer.allocate(HEADER + sealed.length)
                .put(header)
                .put(sealed)
                .array();

        assertThat(vault.open(
                                new SessionToken(
                                        Base64.getUrlEncoder().withoutPadding().encodeToString(token)),
                                NOW)
                        .block())
                .isEqualTo(new Opening.Opened(Lineage.of(record).applyTo(record), false));
    }

    private Aead tink() throws GeneralSecurityException {
        byte[] key = Hkdf.expand(
                Hkdf.extract("dev.reactivesession.cookie/v1".getBytes(StandardCharsets.US_ASCII), material),
                "XAES-256-GCM".getBytes(StandardCharsets.US_ASCII),
                32);
        return XAesGcm.create(XAesGcmKey.create(
                XAesGcmParameters.create(XAesGcmParameters.Variant.NO_PREFIX, 12),
                SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()),
                null));
    }

    private static byte[] additional(byte[] token) {
        byte[] context = "\7session\16__Host-session".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(HEADER + context.length)
                .put(token, 0, HEADER)
                .put(context)
                .array();
    }
}
