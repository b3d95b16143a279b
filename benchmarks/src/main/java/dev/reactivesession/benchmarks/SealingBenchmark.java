package dev.reactivesession.benchmarks;

import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionToken;
import dev.reactivesession.cookie.SealedSessionSettings;
import dev.reactivesession.cookie.SealedSessionVault;
import dev.reactivesession.cookie.SealingKeys;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SessionRecord;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Sealing and opening a session of 1 KB, beside the JDK's AES-256-GCM of the same bytes: under one key for every
 * message, which 2^32 messages with random nonces wear out, and under a fresh key for each.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SealingBenchmark {

    private static final int SEALED_BYTES = 1024 + 36;

    private static final int DIFFERENT = 64;

    private static final int NONCE_BYTES = 12;

    private static final int TAG_BITS = 128;

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final byte[] plain = new byte[SEALED_BYTES];

    private final byte[] material = new byte[32];

    private final SecureRandom random = unblocked();

    private final Cipher cipher = gcm();

    private final SecretKeySpec oneKey = key(0);

    private final SessionRecord record = record();

    private final SealedSessionVault vault = vault();

    private final byte[][] nonces = new byte[DIFFERENT][];

    private final byte[][] sealedUnderOneKey = new byte[DIFFERENT][];

    private final byte[][] sealedUnderFreshKeys = new byte[DIFFERENT][];

    private final SessionToken[] tokens = new SessionToken[DIFFERENT];

    private int messages;

    /** Makes what is opened: so many different messages that no key is in use twice in a row. */
    @Setup
    public void seal() throws GeneralSecurityException {
        for (int message = 0; message < DIFFERENT; message++) {
            nonces[message] = nonce();
            sealedUnderOneKey[message] = run(Cipher.ENCRYPT_MODE, oneKey, nonces[message], plain);
            sealedUnderFreshKeys[message] = run(Cipher.ENCRYPT_MODE, key(1 + message), nonces[message], plain);
            tokens[message] = sealSession();
        }
    }

    /** The vault, from record to token. */
    @Benchmark
    public SessionToken sealSession() {
        return Objects.requireNonNull(
                ((SaveOutcome.Saved) required(vault.insert(record, List.of()).block())).token());
    }

    /** The vault, from token to record. */
    @Benchmark
    public Opening openSession() {
        return required(vault.open(tokens[next()], NOW).block());
    }

    /** The JDK alone, every message under one key. */
    @Benchmark
    public byte[] sealBareUnderOneKey() throws GeneralSecurityException {
        return run(Cipher.ENCRYPT_MODE, oneKey, nonce(), plain);
    }

    /** The JDK alone, every message under one key. */
    @Benchmark
    public byte[] openBareUnderOneKey() throws GeneralSecurityException {
        int message = next();
        return run(Cipher.DECRYPT_MODE, oneKey, nonces[message], sealedUnderOneKey[message]);
    }

    /** The JDK alone, every message under a key that comes from nowhere at no cost. */
    @Benchmark
    public byte[] sealBareUnderFreshKeys() throws GeneralSecurityException {
        return run(Cipher.ENCRYPT_MODE, key(1 + next()), nonce(), plain);
    }

    /** The JDK alone, every message under a key that comes from nowhere at no cost. */
    @Benchmark
    public byte[] openBareUnderFreshKeys() throws GeneralSecurityException {
        int message = next();
        return run(Cipher.DECRYPT_MODE, key(1 + message), nonces[message], sealedUnderFreshKeys[message]);
    }

    private int next() {
        messages = (messages + 1) % DIFFERENT;
        return messages;
    }

    private byte[] run(int mode, SecretKeySpec key, byte[] iv, byte[] input) throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        return cipher.doFinal(input);
    }

    private byte[] nonce() {
        byte[] fresh = new byte[NONCE_BYTES];
        random.nextBytes(fresh);
        return fresh;
    }

    private SecretKeySpec key(int number) {
        material[0] = (byte) number;
        return new SecretKeySpec(material, "AES");
    }

    private SealedSessionVault vault() {
        byte[] key = new byte[32];
        new Random(1).nextBytes(key);
        SealingKeys keys = SealingKeys.of(List.of(Base64.getEncoder().encodeToString(key)));
        return new SealedSessionVault(keys, SealedSessionSettings.defaults(), SessionLimits.defaults(), random);
    }

    private static SessionRecord record() {
        Duration idle = Duration.ofMinutes(30);
        return new SessionRecord(
                new SessionId(1, 2), new byte[0], 1, NOW, NOW, idle, NOW.plus(idle), null, new byte[1024]);
    }

    private static <T> T required(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    private static Cipher gcm() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static SecureRandom unblocked() {
        try {
            return SecureRandom.getInstance("DRBG");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
