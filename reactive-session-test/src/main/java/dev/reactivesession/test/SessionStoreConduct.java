package dev.reactivesession.test;

import static dev.reactivesession.test.Samples.next;
import static dev.reactivesession.test.Samples.usedAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The promises of every operation of a store: when it starts, the effect of a cancel, and parallel calls. */
abstract class SessionStoreConduct extends StoreContract<SessionStore> {

    private static final int CANCELLATIONS = 100;

    @Nested
    @DisplayName("Start")
    class Start {

        @Test
        @DisplayName("Start: nothing happens before subscription")
        void nothingHappensBeforeSubscription() {
            SessionRecord present = stored();
            SessionRecord absent = session();
            List<Mono<?>> assembled = List.of(
                    node.find(present.id()),
                    node.insert(absent),
                    node.update(next(present, "second"), present.version()),
                    node.touch(
                            present.id(),
                            start.plusSeconds(1),
                            present.expiresAt().plusSeconds(1)),
                    node.delete(present.id()));
            assertThat(assembled).doesNotContainNull();
            assertStored(present);
            assertAbsent(absent.id());
        }

        @Test
        @DisplayName("Start: every subscription does it again")
        void everySubscriptionDoesItAgain() {
            SessionRecord record = session();
            Mono<SessionRecord> find = node.find(record.id());
            Mono<Boolean> insert = node.insert(record);
            Mono<Boolean> update = node.update(next(record, "second"), record.version());
            Mono<Boolean> touch = node.touch(record.id(), start.plusSeconds(1), record.expiresAt());
            Mono<Boolean> delete = node.delete(record.id());
            assertThat(find.blockOptional(patience())).isEmpty();
            assertThat(twice(insert)).containsExactly(true, false);
            assertThat(find.blockOptional(patience())).contains(record);
            assertThat(twice(update)).containsExactly(true, false);
            assertThat(twice(touch)).containsExactly(true, true);
            assertThat(twice(delete)).containsExactly(true, false);
            assertThat(twice(touch)).containsExactly(false, false);
            assertThat(find.blockOptional(patience())).isEmpty();
        }

        private List<Boolean> twice(Mono<Boolean> operation) {
            return List.of(result(operation), result(operation));
        }
    }

    @Nested
    @DisplayName("Cancel")
    class Cancel {

        @Test
        @DisplayName("Cancel: a cancelled insert leaves nothing or the whole record")
        void aCancelledInsertLeavesNothingOrTheWholeRecord() {
            cancelled(round -> {
                SessionRecord record = session();
                return new Cancelled(record.id(), node.insert(record), Optional.empty(), Optional.of(record));
            });
        }

        @Test
        @DisplayName("Cancel: a cancelled update leaves the old record or the new one")
        void aCancelledUpdateLeavesTheOldRecordOrTheNewOne() {
            cancelled(round -> {
                SessionRecord old = stored();
                SessionRecord changed = Samples.ofPrincipal(
                        usedAt(
                                next(old, "second"),
                                start.plusSeconds(1),
                                old.expiresAt().plusSeconds(1)),
                        "alice");
                return new Cancelled(old.id(), node.update(changed, 1), Optional.of(old), Optional.of(changed));
            });
        }

        @Test
        @DisplayName("Cancel: a cancelled touch moves both times or neither")
        void aCancelledTouchMovesBothTimesOrNeither() {
            cancelled(round -> {
                SessionRecord old = stored();
                Instant expires = old.expiresAt().plusSeconds(1);
                return new Cancelled(
                        old.id(),
                        node.touch(old.id(), start.plusSeconds(1), expires),
                        Optional.of(old),
                        Optional.of(usedAt(old, start.plusSeconds(1), expires)));
            });
        }

        @Test
        @DisplayName("Cancel: a cancelled delete leaves the whole record or nothing")
        void aCancelledDeleteLeavesTheWholeRecordOrNothing() {
            cancelled(round -> {
                SessionRecord old = stored();
                return new Cancelled(old.id(), node.delete(old.id()), Optional.of(old), Optional.empty());
            });
        }

        @Test
        @DisplayName("Cancel: a cancelled find frees what it held")
        void aCancelledFindFreesWhatItHeld() {
            SessionRecord record = stored();
            cancelled(round ->
                    new Cancelled(record.id(), node.find(record.id()), Optional.of(record), Optional.of(record)));
        }

        /**
         * Every other round cancels right after the start, the rest when another call comes back: while the command
         * is under way.
         */
        private void cancelled(IntFunction<Cancelled> rounds) {
            for (int round = 0; round < CANCELLATIONS; round++) {
                Cancelled cancelled = rounds.apply(round);
                cancel(round, cancelled.operation());
                assertThat(found(cancelled.id())).isIn(cancelled.before(), cancelled.after());
            }
            assertStored(stored());
        }

        private void cancel(int round, Mono<?> operation) {
            if (round % 2 == 0) {
                Disposable subscription = operation.subscribe();
                subscription.dispose();
            } else {
                operation.then().takeUntilOther(node.find(Samples.id())).block(patience());
            }
        }

        private record Cancelled(
                SessionId id, Mono<?> operation, Optional<SessionRecord> before, Optional<SessionRecord> after) {}
    }

    @Nested
    @DisplayName("Concurrency")
    class Concurrency {

        @Test
        @DisplayName("Concurrency: many operations at once on many sessions do not disturb each other")
        void manyOperationsAtOnceDoNotDisturbEachOther() {
            List<Boolean> outcomes =
                    all(Flux.range(0, 200).flatMap(number -> life(anyNode(number), anyNode(number / 2)), 64));
            assertThat(outcomes).hasSize(200).containsOnly(true);
        }

        @Test
        @DisplayName("Concurrency: never blocks, so it may be called from a thread that must not block")
        void mayBeCalledFromAThreadThatMustNotBlock() {
            assertThat(result(life(node, other).subscribeOn(Schedulers.parallel())))
                    .isTrue();
        }

        @Test
        @DisplayName("Concurrency: what one node has done, another sees at once")
        void whatOneNodeHasDoneAnotherSeesAtOnce() {
            SessionRecord record = stored();
            for (int version = 1; version <= 50; version++) {
                SessionRecord saved = next(Samples.withVersion(record, version), "save " + version);
                assertThat(result(anyNode(version).update(saved, version))).isTrue();
                assertThat(anyNode(version + 1).find(record.id()).blockOptional(patience()))
                        .contains(saved);
            }
        }

        private Mono<Boolean> life(SessionStore one, SessionStore two) {
            return Mono.defer(() -> {
                SessionRecord record = session();
                SessionRecord second = next(record, "second of " + record.id());
                return one.insert(record)
                        .then(two.update(second, record.version()))
                        .then(one.touch(record.id(), start.plusSeconds(1), record.expiresAt()))
                        .then(two.find(record.id()))
                        .map(usedAt(second, start.plusSeconds(1), second.expiresAt())::equals)
                        .flatMap(equal -> one.delete(record.id()).map(deleted -> equal && deleted));
            });
        }
    }
}
