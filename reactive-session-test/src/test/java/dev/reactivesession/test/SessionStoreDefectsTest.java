package dev.reactivesession.test;

import static dev.reactivesession.test.KitRun.broken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import reactor.core.publisher.Mono;

/** Stores with one defect each: the kit must fail, in a test of the rule that is broken. */
class SessionStoreDefectsTest {

    @Test
    void theKitFindsNothingWrongWithASoundStore() {
        assertThat(KitRun.failures(KitRun.Keeps.class, new DelegatingStore())).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> catchesADefectOfTheStore() {
        return Stream.of(
                broken(KitRun.Keeps.class, "1.1", "loses what a touch did", () -> new DelegatingStore() {
                    @Override
                    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
                        return sound.find(id).hasElement();
                    }
                }),
                broken(KitRun.Keeps.class, "1.1", "keeps payloads as text", () -> new DelegatingStore() {
                    @Override
                    public Mono<Boolean> insert(SessionRecord record) {
                        return sound.insert(Samples.withPayload(
                                record, new String(record.payload(), Defects.UTF_8).getBytes(Defects.UTF_8)));
                    }
                }),
                broken(KitRun.Keeps.class, "1.1", "keeps seconds only", () -> new DelegatingStore() {
                    @Override
                    public Mono<Boolean> insert(SessionRecord record) {
                        return sound.insert(Samples.living(
                                record, Duration.ofSeconds(record.idleTimeout().toSeconds())));
                    }
                }),
                broken(KitRun.Keeps.class, "1.1", "has versions of 53 bits", () -> new DelegatingStore() {
                    @Override
                    public Mono<Boolean> insert(SessionRecord record) {
                        return sound.insert(Samples.withVersion(record, (long) (double) record.version()));
                    }
                }),
                broken(KitRun.Keeps.class, "1.2", "creates when it reads", () -> new DelegatingStore() {
                    @Override
                    public Mono<SessionRecord> find(SessionId id) {
                        return sound.find(id)
                                .switchIfEmpty(sound.insert(Defects.under(id)).then(Mono.empty()));
                    }
                }),
                broken(KitRun.Keeps.class, "2.1", "overwrites", () -> new DelegatingStore() {
                    @Override
                    public Mono<Boolean> insert(SessionRecord record) {
                        return sound.delete(record.id()).then(sound.insert(record));
                    }
                }),
                broken(
                        KitRun.Keeps.class,
                        "2.2",
                        "says true to everybody who inserts at once",
                        () -> new DelegatingStore() {
                            @Override
                            public Mono<Boolean> insert(SessionRecord record) {
                                return sound.find(record.id())
                                        .hasElement()
                                        .flatMap(there -> Defects.aMomentLater(
                                                there
                                                        ? Mono.just(false)
                                                        : sound.insert(record).thenReturn(true)));
                            }
                        }),
                broken(KitRun.Keeps.class, "3.1", "creates when it updates", () -> new DelegatingStore() {
                    @Override
                    public Mono<Boolean> update(SessionRecord record, long basedOn) {
                        return sound.update(record, basedOn)
                                .flatMap(done -> done ? Mono.just(true) : sound.insert(record));
                    }
                }),
                broken(KitRun.Keeps.class, "3.1", "does not look at the version", () -> new DelegatingStore() {
                    @Override
                    public Mono<Boolean> update(SessionRecord record, long basedOn) {
                        return sound.find(record.id())
                                .flatMap(there -> sound.update(record, there.version()))
                                .defaultIfEmpty(false);
                    }
                }),
                broken(KitRun.Keeps.class, "3.2", "compares, then sets", () -> new DelegatingStore() {
                    @Override
                    public Mono<Boolean> update(SessionRecord record, long basedOn) {
                        return sound.find(record.id())
                                .filter(there ->
                                        there.version() == basedOn && !there.isExpiredAt(record.lastAccessedAt()))
                                .flatMap(there -> Defects.aMomentLater(Defects.overwrite(sound, record)))
                                .defaultIfEmpty(false);
                    }
                }),
                broken(KitRun.Keeps.class, "3.3", "saves what had expired", () -> new DelegatingStore() {
                    @Override
                    public Mono<Boolean> update(SessionRecord record, long basedOn) {
                        return sound.update(Samples.usedAt(record, Instant.EPOCH, record.expiresAt()), basedOn)
                                .flatMap(done -> done
                                        ? sound.touch(record.id(), record.lastAccessedAt(), record.expiresAt())
                                        : Mono.just(false));
                    }
                }),
                broken(KitRun.Keeps.class, "3.4", "never shortens", () -> new DelegatingStore() {
                    @Override
                    public Mono<Boolean> update(SessionRecord record, long basedOn) {
                        return sound.find(record.id())
                                .flatMap(there -> sound.update(
                                        record.touched(record.lastAccessedAt(), there.expiresAt()), basedOn))
                                .defaultIfEmpty(false);
                    }
                }),
                broken(KitRun.Keeps.class, "4.1", "moves time back", () -> new DelegatingStore() {
                    @Override
                    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
                        return sound.find(id)
                                .filter(there -> !there.isExpiredAt(accessed))
                                .flatMap(there -> Defects.overwrite(sound, Samples.usedAt(there, accessed, expires)))
                                .defaultIfEmpty(false);
                    }
                }),
                broken(KitRun.Keeps.class, "4.2", "creates when it touches", () -> new DelegatingStore() {
                    @Override
                    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
                        return sound.insert(Defects.under(id)).then(sound.touch(id, accessed, expires));
                    }
                }),
                broken(KitRun.Keeps.class, "4.3", "touches at the deadline", () -> new DelegatingStore() {
                    @Override
                    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
                        return sound.touch(id, accessed.minusMillis(1), expires)
                                .flatMap(done -> done ? sound.touch(id, accessed, expires) : Mono.just(false));
                    }
                }),
                broken(KitRun.Keeps.class, "4.4", "raises the version when it touches", () -> new DelegatingStore() {
                    @Override
                    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
                        return sound.touch(id, accessed, expires)
                                .flatMap(done -> done
                                        ? sound.find(id)
                                                .flatMap(there -> sound.update(
                                                        Samples.withVersion(there, there.version() + 1),
                                                        there.version()))
                                        : Mono.just(false));
                    }
                }),
                broken(KitRun.Keeps.class, "5.1", "keeps a record that was saved again", () -> new DelegatingStore() {
                    @Override
                    public Mono<Boolean> delete(SessionId id) {
                        return sound.find(id)
                                .flatMap(there -> there.version() == 1 ? sound.delete(id) : Mono.just(true))
                                .defaultIfEmpty(false);
                    }
                }),
                broken(
                        KitRun.Keeps.class,
                        "5.2",
                        "says true to everybody who deletes at once",
                        () -> new DelegatingStore() {
                            @Override
                            public Mono<Boolean> delete(SessionId id) {
                                return sound.find(id)
                                        .hasElement()
                                        .flatMap(there -> Defects.aMomentLater(
                                                sound.delete(id).thenReturn(there)));
                            }
                        }),
                broken(KitRun.Keeps.class, "Start", "works before it is subscribed", () -> new DelegatingStore() {
                    @Override
                    public Mono<Boolean> delete(SessionId id) {
                        return Mono.just(Boolean.TRUE.equals(sound.delete(id).block()));
                    }
                }),
                broken(KitRun.Keeps.class, "Start", "works once", () -> new DelegatingStore() {
                    @Override
                    public Mono<Boolean> insert(SessionRecord record) {
                        return sound.insert(record).cache();
                    }
                }),
                broken(KitRun.Keeps.class, "Cancel", "updates in two steps", () -> new DelegatingStore() {
                    @Override
                    public Mono<Boolean> update(SessionRecord record, long basedOn) {
                        return sound.find(record.id())
                                .flatMap(there -> sound.update(
                                        Samples.withPayload(
                                                Samples.withVersion(there, record.version()), record.payload()),
                                        basedOn))
                                .flatMap(done -> Defects.aMomentLater(
                                        done ? Defects.overwrite(sound, record) : Mono.just(false)))
                                .defaultIfEmpty(false);
                    }
                }),
                broken(KitRun.Keeps.class, "Concurrency", "blocks", () -> new DelegatingStore() {
                    @Override
                    public Mono<SessionRecord> find(SessionId id) {
                        return Mono.defer(() -> Mono.justOrEmpty(Mono.delay(Duration.ofNanos(1))
                                .then(sound.find(id))
                                .block()));
                    }
                }));
    }
}
