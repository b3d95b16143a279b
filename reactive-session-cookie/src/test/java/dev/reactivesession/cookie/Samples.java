package dev.reactivesession.cookie;

import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionToken;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionVault;
import dev.reactivesession.store.TokenChange;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Keys, records and vaults that the tests of this module share. */
final class Samples {

    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    static final Duration IDLE = Duration.ofMinutes(30);

    static final SessionLimits LIMITS = SessionLimits.defaults();

    static final SealedSessionSettings SETTINGS = SealedSessionSettings.defaults();

    static final SecureRandom RANDOM = unblockedRandom();

    private Samples() {}

    /** The platform's default reads a device file at any time; this one has read it beforehand. */
    private static SecureRandom unblockedRandom() {
        try {
            SecureRandom random = SecureRandom.getInstance("DRBG");
            random.nextBytes(new byte[1]);
            return random;
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    static String key(int number) {
        byte[] material = new byte[32];
        new Random(number).nextBytes(material);
        return Base64.getEncoder().encodeToString(material);
    }

    static SealingKeys keys(int... numbers) {
        return SealingKeys.of(Arrays.stream(numbers).mapToObj(Samples::key).toList());
    }

    static SealedSessionVault vault(int... keyNumbers) {
        return vault(SETTINGS, keyNumbers);
    }

    static SealedSessionVault vault(SealedSessionSettings settings, int... keyNumbers) {
        return new SealedSessionVault(keys(keyNumbers), settings, LIMITS, RANDOM);
    }

    static SessionRecord record() {
        return record("{\"products\":[\"tea\"]}");
    }

    static SessionRecord record(String payload) {
        return record(null, payload.getBytes(StandardCharsets.UTF_8), NOW);
    }

    static SessionRecord record(String principal, byte[] payload, Instant at) {
        return new SessionRecord(
                new SessionId(RANDOM.nextLong(), RANDOM.nextLong()),
                new byte[0],
                1,
                at,
                at,
                IDLE,
                at.plus(IDLE),
                principal,
                payload);
    }

    static SessionRecord successor(SessionRecord record, String principal) {
        return new SessionRecord(
                record.id(),
                record.proof(),
                record.version() + 1,
                record.createdAt(),
                record.lastAccessedAt(),
                record.idleTimeout(),
                record.expiresAt(),
                principal,
                record.payload());
    }

    static SessionToken insert(SessionVault vault, SessionRecord record) {
        return tokenOf(vault.insert(record, List.of()).block());
    }

    static SessionToken update(SessionVault vault, SessionRecord record, TokenChange change) {
        return tokenOf(outcome(vault, record, change));
    }

    static SaveOutcome outcome(SessionVault vault, SessionRecord record, TokenChange change) {
        return vault.update(record, record.version() - 1, change, List.of()).block();
    }

    static <T> List<T> inParallel(int count, IntFunction<Mono<T>> work) {
        return Flux.range(0, count)
                .flatMap(index -> Mono.defer(() -> work.apply(index)).subscribeOn(Schedulers.parallel()), count)
                .collectList()
                .block(Duration.ofSeconds(60));
    }

    static SessionToken tokenOf(SaveOutcome outcome) {
        return ((SaveOutcome.Saved) outcome).token();
    }

    static Opening open(SessionVault vault, SessionToken token) {
        return open(vault, token, NOW);
    }

    static Opening open(SessionVault vault, SessionToken token, Instant now) {
        return vault.open(token, now).block();
    }

    static SessionRecord opened(SessionVault vault, SessionToken token) {
        return ((Opening.Opened) open(vault, token)).record();
    }
}
