package dev.reactivesession.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionToken;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.TokenChange;
import dev.reactivesession.test.ControllableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class ColdAndNonBlockingTest {

    static Stream<SealedSessionVault> vaults() {
        return Stream.of(
                Samples.vault(1),
                Samples.vault(Samples.SETTINGS.withCompressed(true).withPaddingBlock(256), 1),
                new SealedSessionVault(
                        Samples.keys(1),
                        Samples.SETTINGS,
                        Samples.LIMITS,
                        Samples.RANDOM,
                        new Revocations(
                                new InMemorySessionStore(), Samples.LIMITS, ControllableClock.at(Samples.NOW))));
    }

    @ParameterizedTest
    @MethodSource("vaults")
    void aWholeLifeOfASessionBlocksNoEventLoop(SealedSessionVault vault) {
        Mono<Boolean> life = Mono.defer(() -> vault.insert(Samples.record(), List.of()))
                .flatMap(saved -> vault.open(Samples.tokenOf(saved), Samples.NOW))
                .map(opening -> ((Opening.Opened) opening).record())
                .flatMap(record -> vault.touch(record, Samples.NOW, Samples.NOW.plusSeconds(60))
                        .then(vault.update(Samples.successor(record, "alice"), 1, TokenChange.ROTATE, List.of()))
                        .then(vault.delete(record)));

        StepVerifier.create(Flux.range(0, 200).flatMap(index -> life.subscribeOn(Schedulers.parallel())))
                .expectNextCount(200)
                .expectComplete()
                .verify(Duration.ofSeconds(20));
    }

    @Test
    void theWatchOverBlockingCallsIsOn() {
        StepVerifier.create(Mono.fromRunnable(() -> sleepOneMilli()).subscribeOn(Schedulers.parallel()))
                .expectErrorMatches(error ->
                        error instanceof BlockingOperationError || error.getCause() instanceof BlockingOperationError)
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void nothingHappensBeforeSubscription() {
        AtomicInteger asked = new AtomicInteger();
        SealingKeys keys = Samples.keys(1);
        SessionToken token = Samples.insert(Samples.vault(1), Samples.record());
        SealedSessionVault vault = new SealedSessionVault(
                () -> {
                    asked.incrementAndGet();
                    return keys.current();
                },
                Samples.SETTINGS,
                Samples.LIMITS,
                Samples.RANDOM);
        SessionRecord record = Samples.record();

        Mono<?> opening = vault.open(token, Samples.NOW);
        Mono<?> insert = vault.insert(record, List.of());
        Mono<?> update = vault.update(record, 1, TokenChange.ROTATE, List.of());
        Mono<?> touch = vault.touch(record, Samples.NOW, Samples.NOW);

        assertThat(asked).hasValue(0);
        Flux.concat(opening, insert, update, touch).blockLast();
        assertThat(asked).hasValue(4);
    }

    private static void sleepOneMilli() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
