package dev.reactivesession.test;

import static dev.reactivesession.test.KitRun.broken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Stores with one defect each in an optional power: its kit must fail, in a test of the rule that is broken. */
class OptionalPowerDefectsTest {

    @Test
    void theKitsFindNothingWrongWithASoundStore() {
        assertThat(KitRun.failures(KitRun.Sweeps.class, new DelegatingStore())).isEmpty();
        assertThat(KitRun.failures(KitRun.Lists.class, new DelegatingStore())).isEmpty();
        assertThat(KitRun.failures(KitRun.Ends.class, new DelegatingStore())).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> catchesADefectOfAnOptionalPower() {
        return Stream.of(
                broken(
                        KitRun.Sweeps.class,
                        "6.1",
                        "finds a session expired only after its deadline",
                        () -> new DelegatingStore() {
                            @Override
                            public Flux<SessionId> expired(Instant now) {
                                return sound.expired(now.minusMillis(1));
                            }
                        }),
                broken(KitRun.Sweeps.class, "6.1", "passes over half", () -> new DelegatingStore() {
                    @Override
                    public Flux<SessionId> expired(Instant now) {
                        return sound.expired(now).filter(id -> id.low() % 2 == 0);
                    }
                }),
                broken(KitRun.Sweeps.class, "6.2", "ignores demand", () -> new DelegatingStore() {
                    @Override
                    public Flux<SessionId> expired(Instant now) {
                        return Flux.from(subscriber -> sound.expired(now)
                                .doOnSubscribe(subscription -> {})
                                .subscribe(new Defects.Hasty<>(subscriber)));
                    }
                }),
                broken(KitRun.Sweeps.class, "7.1", "removes what was renewed", () -> new DelegatingStore() {
                    @Override
                    public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
                        return Flux.fromIterable(ids).filterWhen(sound::delete);
                    }
                }),
                broken(KitRun.Sweeps.class, "7.2", "names what it was given", () -> new DelegatingStore() {
                    @Override
                    public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
                        return sound.deleteExpired(ids, now).thenMany(Flux.fromIterable(ids));
                    }
                }),
                broken(KitRun.Sweeps.class, "7.3", "checks, then removes", () -> new DelegatingStore() {
                    @Override
                    public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
                        return Flux.fromIterable(ids)
                                .filterWhen(id -> sound.find(id)
                                        .map(there -> there.isExpiredAt(now))
                                        .defaultIfEmpty(false))
                                .collectList()
                                .flatMapMany(found -> Defects.aMomentLater(Flux.fromIterable(found)
                                                .concatMap(sound::delete)
                                                .then())
                                        .thenMany(Flux.fromIterable(found)));
                    }
                }),
                broken(KitRun.Lists.class, "8.1", "shows the sessions of others", () -> new DelegatingStore() {
                    @Override
                    public Flux<SessionRecord> findByPrincipal(String principal) {
                        return sound.findByPrincipal(principal)
                                .concatWith(sound.expired(Instant.MAX).concatMap(sound::find))
                                .distinct();
                    }
                }),
                broken(KitRun.Lists.class, "8.2", "trims", () -> new DelegatingStore() {
                    @Override
                    public Flux<SessionRecord> findByPrincipal(String principal) {
                        return sound.expired(Instant.MAX)
                                .concatMap(sound::find)
                                .filter(there -> there.principal() != null
                                        && there.principal().trim().equals(principal.trim()));
                    }
                }),
                broken(KitRun.Lists.class, "8.2", "folds case", () -> new DelegatingStore() {
                    @Override
                    public Flux<SessionRecord> findByPrincipal(String principal) {
                        return sound.expired(Instant.MAX)
                                .concatMap(sound::find)
                                .filter(there -> there.principal() != null
                                        && there.principal()
                                                .toLowerCase(Locale.ROOT)
                                                .equals(principal.toLowerCase(Locale.ROOT)));
                    }
                }),
                broken(KitRun.Lists.class, "8.3", "counts one too many", () -> new DelegatingStore() {
                    @Override
                    public Mono<Long> countByPrincipal(String principal) {
                        return sound.countByPrincipal(principal).map(count -> count + 1);
                    }
                }),
                broken(KitRun.Lists.class, "9.1", "forgets the exception", () -> new DelegatingStore() {
                    @Override
                    public Flux<SessionId> deleteByPrincipal(String principal, @Nullable SessionId except) {
                        return sound.deleteByPrincipal(principal, null);
                    }
                }),
                broken(KitRun.Lists.class, "9.2", "looks, then removes", () -> new DelegatingStore() {
                    @Override
                    public Flux<SessionId> deleteByPrincipal(String principal, @Nullable SessionId except) {
                        return sound.findByPrincipal(principal)
                                .map(SessionRecord::id)
                                .filter(id -> !id.equals(except))
                                .collectList()
                                .flatMapMany(ids -> Defects.aMomentLater(Mono.just(ids))
                                        .flatMapIterable(found -> found)
                                        .filterWhen(sound::delete));
                    }
                }),
                broken(KitRun.Lists.class, "9.3", "passes over half", () -> new DelegatingStore() {
                    @Override
                    public Flux<SessionId> deleteByPrincipal(String principal, @Nullable SessionId except) {
                        return sound.findByPrincipal(principal)
                                .map(SessionRecord::id)
                                .filter(id -> !id.equals(except) && id.low() % 2 == 0)
                                .filterWhen(sound::delete);
                    }
                }),
                broken(KitRun.Ends.class, "10.1", "does not count", () -> new DelegatingStore() {
                    @Override
                    public Mono<Long> deleteAll() {
                        return sound.deleteAll().thenReturn(0L);
                    }
                }));
    }
}
