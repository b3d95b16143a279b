package dev.reactivesession.test;

import static dev.reactivesession.test.Samples.living;
import static dev.reactivesession.test.Samples.next;
import static dev.reactivesession.test.Samples.underIdOf;
import static dev.reactivesession.test.Samples.usedAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import reactor.core.publisher.Mono;

/** The rules of {@link SessionStore}, each under its number. The optional powers have kits of their own. */
public abstract class SessionStoreContract extends SessionStoreConduct {

    private static final int ROUNDS = 25;

    /** For subclasses. */
    protected SessionStoreContract() {}

    @Nested
    @DisplayName("1 find")
    class Find {

        @TestFactory
        @DisplayName("1.1 Gives back exactly what was inserted")
        Stream<DynamicTest> givesBackExactlyWhatWasInserted() {
            return new AwkwardRecords(start).each(record -> assertStored(stored(record)));
        }

        @TestFactory
        @DisplayName("1.1 Gives back exactly what was saved last")
        Stream<DynamicTest> givesBackExactlyWhatWasSavedLast() {
            return new AwkwardRecords(start).each(record -> {
                SessionRecord first = stored(living(session(), Duration.ofMinutes(10)));
                SessionRecord second = underIdOf(first, record);
                assertThat(result(other.update(second, first.version()))).isTrue();
                assertStored(second);
            });
        }

        @Test
        @DisplayName("1.1 Gives back the times of the last touch, to the millisecond")
        void givesBackTheTimesOfTheLastTouch() {
            SessionRecord record = stored();
            Instant accessed = start.plusSeconds(60).plusNanos(123_456);
            Instant expires = accessed.plus(Samples.IDLE);
            assertThat(result(other.touch(record.id(), accessed, expires))).isTrue();
            assertStored(usedAt(record, accessed, expires));
        }

        @Test
        @DisplayName("1.2 An absent id is empty, and reading it creates nothing")
        void anAbsentIdIsEmptyAndReadingItCreatesNothing() {
            SessionRecord record = session();
            assertAbsent(record.id());
            assertThat(result(node.delete(record.id()))).as("nothing to delete").isFalse();
            assertThat(result(node.insert(record))).as("the id is still free").isTrue();
        }

        @Test
        @DisplayName("1.2 Every bit of an id counts")
        void everyBitOfAnIdCounts() {
            SessionId id = stored().id();
            assertAbsent(new SessionId(id.low(), id.high()));
            assertAbsent(new SessionId(id.high() ^ 1, id.low()));
            assertAbsent(new SessionId(id.high(), id.low() ^ Long.MIN_VALUE));
        }

        @Test
        @DisplayName("1.3 A record that was found has not been judged: its deadline is part of it")
        void whatWasFoundCarriesItsDeadline() {
            SessionRecord record = stored();
            assertThat(found(record.id())).map(SessionRecord::expiresAt).contains(record.expiresAt());
        }
    }

    @Nested
    @DisplayName("2 insert")
    class Insert {

        @Test
        @DisplayName("2.1 Never overwrites: when the id exists, nothing changes")
        void neverOverwrites() {
            SessionRecord record = stored();
            assertThat(result(other.insert(underIdOf(record, Samples.session(start, "mallory")))))
                    .isFalse();
            assertStored(record);
        }

        @Test
        @DisplayName("2.1 Never overwrites: a later version does not either")
        void aLaterVersionDoesNotOverwriteEither() {
            SessionRecord record = stored();
            assertThat(result(node.insert(next(record, "second")))).isFalse();
            assertStored(record);
        }

        @Test
        @DisplayName("2.2 Of several concurrent inserts of one id, exactly one is true")
        void ofSeveralConcurrentInsertsExactlyOneIsTrue() {
            for (int round = 0; round < ROUNDS; round++) {
                SessionRecord record = session();
                List<SessionRecord> rivals = rivals(record);
                List<Boolean> outcomes =
                        Race.of(CALLERS, caller -> anyNode(caller).insert(rivals.get(caller)));
                assertExactlyOneTrue(outcomes);
                assertStored(rivals.get(outcomes.indexOf(true)));
            }
        }

        private List<SessionRecord> rivals(SessionRecord record) {
            return IntStream.range(0, CALLERS)
                    .mapToObj(caller -> Samples.withPayload(record, Samples.payload("from caller " + caller)))
                    .toList();
        }
    }

    @Nested
    @DisplayName("3 update")
    class Update {

        @Test
        @DisplayName("3.1 Replaces only the version it is based on; never creates")
        void replacesOnlyTheVersionItIsBasedOn() {
            SessionRecord first = stored();
            SessionRecord second = next(first, "second");
            assertThat(result(other.update(second, first.version()))).isTrue();
            assertThat(result(node.update(next(first, "late"), first.version())))
                    .as("an older version")
                    .isFalse();
            assertThat(result(node.update(next(second, "early"), 3)))
                    .as("a version not there yet")
                    .isFalse();
            assertStored(second);
        }

        @Test
        @DisplayName("3.1 Never creates: not under an id that was never there")
        void neverCreates() {
            SessionRecord record = session();
            assertThat(result(node.update(next(record, "second"), record.version())))
                    .isFalse();
            assertAbsent(record.id());
        }

        @Test
        @DisplayName("3.1 Never creates: not under an id that was deleted a moment ago")
        void neverBringsBackWhatWasDeleted() {
            SessionRecord record = stored();
            result(other.delete(record.id()));
            assertThat(result(node.update(next(record, "second"), record.version())))
                    .isFalse();
            assertAbsent(record.id());
        }

        @Test
        @DisplayName("3.1 Tells neighbouring versions apart, however large they are")
        void tellsNeighbouringVersionsApartHoweverLargeTheyAre() {
            for (long version : new long[] {1L << 31, 1L << 53, Long.MAX_VALUE - 1}) {
                SessionRecord record = stored(Samples.withVersion(session(), version));
                assertThat(result(node.update(next(record, "second"), version - 1)))
                        .isFalse();
                assertThat(result(node.update(next(record, "second"), version + 1)))
                        .isFalse();
                assertThat(result(node.update(next(record, "second"), version))).isTrue();
                assertStored(next(record, "second"));
            }
        }

        @Test
        @DisplayName("3.2 Of several concurrent updates based on one version, exactly one is true")
        void ofSeveralConcurrentUpdatesExactlyOneIsTrue() {
            for (int round = 0; round < ROUNDS; round++) {
                SessionRecord record = stored();
                List<Boolean> outcomes = Race.of(
                        CALLERS,
                        caller -> anyNode(caller).update(next(record, "from caller " + caller), record.version()));
                assertExactlyOneTrue(outcomes);
                assertStored(next(record, "from caller " + outcomes.indexOf(true)));
            }
        }

        @Test
        @DisplayName("3.2 Callers who load, update and try again lose no update")
        void callersWhoTryAgainLoseNoUpdate() {
            SessionRecord record = stored();
            Race.of(
                    CALLERS,
                    caller -> raised(anyNode(caller), record.id())
                            .repeat(ROUNDS - 1)
                            .count());
            assertThat(found(record.id())).map(SessionRecord::version).contains(1L + CALLERS * ROUNDS);
        }

        private Mono<Boolean> raised(SessionStore store, SessionId id) {
            return store.find(id)
                    .flatMap(record -> store.update(next(record, "raised"), record.version()))
                    .filter(Boolean::booleanValue)
                    .repeatWhenEmpty(attempts -> attempts);
        }

        @Test
        @DisplayName(
                "3.3 A record that had expired by the time of the save counts as absent, at exactly the deadline too")
        void whatHadExpiredCountsAsAbsent() {
            SessionRecord record = stored();
            Instant deadline = record.expiresAt();
            assertThat(result(node.update(usedAt(next(record, "late"), deadline, deadline.plus(Samples.IDLE)), 1)))
                    .as("at the deadline")
                    .isFalse();
            assertThat(result(node.update(
                            usedAt(next(record, "late"), deadline.plusMillis(1), deadline.plus(Samples.IDLE)), 1)))
                    .as("after the deadline")
                    .isFalse();
            assertThat(found(record.id())).as("nothing changed").contains(record);
        }

        @Test
        @DisplayName("3.3 A record is saved up to a millisecond before its deadline")
        void aRecordIsSavedUpToAMillisecondBeforeItsDeadline() {
            SessionRecord record = stored();
            SessionRecord saved = usedAt(
                    next(record, "in time"),
                    record.expiresAt().minusMillis(1),
                    record.expiresAt().plus(Samples.IDLE));
            assertThat(result(node.update(saved, record.version()))).isTrue();
            assertStored(saved);
        }

        @Test
        @DisplayName("3.3 The deadline that counts is the one of the last touch")
        void theDeadlineThatCountsIsTheOneOfTheLastTouch() {
            SessionRecord record = stored();
            Instant later = record.expiresAt().plusSeconds(60);
            result(other.touch(record.id(), start.plusSeconds(60), later));
            SessionRecord saved = usedAt(next(record, "in time"), record.expiresAt(), later.plus(Samples.IDLE));
            assertThat(result(node.update(saved, record.version()))).isTrue();
            assertStored(saved);
        }

        @Test
        @DisplayName("3.4 Neither time moves back")
        void neitherTimeMovesBack() {
            SessionRecord record = stored();
            Instant accessed = start.plusSeconds(60);
            result(other.touch(record.id(), accessed, accessed.plus(Samples.IDLE)));
            SessionRecord saved = next(record, "loaded before the touch");
            assertThat(result(node.update(saved, record.version()))).isTrue();
            assertStored(usedAt(saved, accessed, accessed.plus(Samples.IDLE)));
        }

        @Test
        @DisplayName("3.4 With another idle timeout, the deadline is the one given: a session may shorten its own")
        void withAnotherIdleTimeoutTheDeadlineIsTheOneGiven() {
            SessionRecord record = stored();
            SessionRecord shorter = living(
                    usedAt(next(record, "shorter"), start.plusSeconds(1), record.expiresAt()), Duration.ofSeconds(599));
            assertThat(result(node.update(shorter, record.version()))).isTrue();
            assertStored(shorter);
            assertThat(result(node.touch(record.id(), start.plusSeconds(600), start.plusSeconds(6000))))
                    .as("the shortened deadline has passed")
                    .isFalse();
        }
    }

    @Nested
    @DisplayName("4 touch")
    class Touch {

        @Test
        @DisplayName("4.1 Neither time ever moves back")
        void neitherTimeEverMovesBack() {
            SessionRecord record = stored();
            Instant accessed = start.plusSeconds(60);
            Instant expires = record.expiresAt().plusSeconds(60);
            assertThat(result(node.touch(record.id(), accessed, expires))).isTrue();
            assertThat(result(other.touch(
                            record.id(),
                            start.plusSeconds(30),
                            record.expiresAt().plusSeconds(30))))
                    .as("an earlier touch that comes late finds the session")
                    .isTrue();
            assertStored(usedAt(record, accessed, expires));
        }

        @Test
        @DisplayName("4.1 Each of the two times moves for itself")
        void eachOfTheTwoTimesMovesForItself() {
            SessionRecord record = stored();
            Instant expires = record.expiresAt().plusSeconds(60);
            result(node.touch(record.id(), start.minusSeconds(60), expires));
            assertStored(usedAt(record, start, expires));
            result(other.touch(record.id(), start.plusSeconds(60), start.plusSeconds(61)));
            assertStored(usedAt(record, start.plusSeconds(60), expires));
        }

        @Test
        @DisplayName("4.1 After concurrent touches both times are the latest")
        void afterConcurrentTouchesBothTimesAreTheLatest() {
            for (int round = 0; round < ROUNDS; round++) {
                SessionRecord record = stored();
                List<Boolean> outcomes = Race.of(
                        CALLERS,
                        caller -> anyNode(caller)
                                .touch(
                                        record.id(),
                                        start.plusSeconds(caller),
                                        record.expiresAt().plusSeconds(CALLERS - caller)));
                assertThat(outcomes).containsOnly(true);
                assertStored(usedAt(
                        record,
                        start.plusSeconds(CALLERS - 1),
                        record.expiresAt().plusSeconds(CALLERS)));
            }
        }

        @Test
        @DisplayName("4.2 Never creates: not under an id that was never there")
        void neverCreates() {
            SessionRecord record = session();
            assertThat(result(node.touch(record.id(), start, record.expiresAt())))
                    .isFalse();
            assertAbsent(record.id());
        }

        @Test
        @DisplayName("4.2 Never creates: not when the record was deleted a moment ago either")
        void neverBringsBackWhatWasDeleted() {
            SessionRecord record = stored();
            result(other.delete(record.id()));
            assertThat(result(node.touch(
                            record.id(),
                            start.plusSeconds(1),
                            record.expiresAt().plusSeconds(1))))
                    .isFalse();
            assertAbsent(record.id());
        }

        @Test
        @DisplayName("4.3 A record that had expired by the time of use counts as absent, at exactly the deadline too")
        void whatHadExpiredCountsAsAbsent() {
            SessionRecord record = stored();
            Instant deadline = record.expiresAt();
            assertThat(result(node.touch(record.id(), deadline, deadline.plusSeconds(60))))
                    .as("at the deadline")
                    .isFalse();
            assertThat(result(node.touch(record.id(), deadline.plusMillis(1), deadline.plusSeconds(60))))
                    .as("after the deadline")
                    .isFalse();
            assertThat(found(record.id())).as("nothing changed").contains(record);
            assertThat(result(node.touch(record.id(), deadline.minusMillis(1), deadline.plusSeconds(60))))
                    .as("a millisecond before the deadline")
                    .isTrue();
        }

        @Test
        @DisplayName("4.4 Neither payload nor version changes, so a save under way is not disturbed")
        void aSaveUnderWayIsNotDisturbed() {
            SessionRecord record = stored(Samples.withPayload(session(), Samples.everyByte()));
            Instant accessed = start.plusSeconds(1);
            Instant expires = accessed.plus(Samples.IDLE);
            result(other.touch(record.id(), accessed, expires));
            assertStored(usedAt(record, accessed, expires));
            assertThat(result(node.update(next(record, "second"), record.version())))
                    .isTrue();
        }

        @Test
        @DisplayName("4.4 A touch at the same time as a save takes nothing of it away")
        void aTouchAtTheSameTimeAsASaveTakesNothingOfItAway() {
            for (int round = 0; round < ROUNDS; round++) {
                SessionRecord record = stored();
                SessionRecord saved = usedAt(next(record, "second"), start.plusSeconds(5), record.expiresAt());
                List<Boolean> outcomes = Race.of(
                        CALLERS,
                        caller -> caller == 0
                                ? node.update(saved, record.version())
                                : anyNode(caller).touch(record.id(), start.plusSeconds(1), start.plusSeconds(2)));
                assertThat(outcomes).containsOnly(true);
                assertStored(saved);
            }
        }
    }

    @Nested
    @DisplayName("5 delete")
    class Delete {

        @Test
        @DisplayName("5.1 Afterwards it is absent, whatever its version was")
        void afterwardsItIsAbsent() {
            SessionRecord record = stored();
            result(node.update(next(record, "second"), record.version()));
            assertThat(result(other.delete(record.id()))).isTrue();
            assertAbsent(record.id());
            assertThat(result(node.delete(record.id())))
                    .as("it was absent already")
                    .isFalse();
        }

        @Test
        @DisplayName("5.1 Takes nothing else with it")
        void takesNothingElseWithIt() {
            SessionRecord stays = stored();
            result(node.delete(stored().id()));
            assertStored(stays);
        }

        @Test
        @DisplayName("5.1 Nothing but an insert under that id makes it present")
        void nothingButAnInsertMakesItPresent() {
            SessionRecord record = stored();
            result(node.delete(record.id()));
            result(node.update(next(record, "second"), record.version()));
            result(node.touch(record.id(), start.plusSeconds(1), record.expiresAt()));
            assertAbsent(record.id());
            boolean inserted = result(node.insert(record));
            assertThat(found(record.id())).isEqualTo(inserted ? Optional.of(record) : Optional.empty());
        }

        @Test
        @DisplayName("5.1 No save and no touch at the same time brings it back")
        void noSaveAndNoTouchAtTheSameTimeBringsItBack() {
            for (int round = 0; round < ROUNDS; round++) {
                SessionRecord record = stored();
                List<Boolean> outcomes = Race.of(CALLERS, caller -> switch (caller % 3) {
                    case 0 -> anyNode(caller).update(next(record, "second"), record.version());
                    case 1 ->
                        anyNode(caller)
                                .touch(
                                        record.id(),
                                        start.plusSeconds(1),
                                        record.expiresAt().plusSeconds(1));
                    default -> anyNode(caller).delete(record.id());
                });
                assertExactlyOneTrue(everyThird(outcomes, 2));
                assertAbsent(record.id());
            }
        }

        @Test
        @DisplayName("5.2 Of several concurrent deletes, exactly one is true")
        void ofSeveralConcurrentDeletesExactlyOneIsTrue() {
            for (int round = 0; round < ROUNDS; round++) {
                SessionRecord record = stored();
                assertExactlyOneTrue(Race.of(CALLERS, caller -> anyNode(caller).delete(record.id())));
                assertAbsent(record.id());
            }
        }

        private List<Boolean> everyThird(List<Boolean> outcomes, int from) {
            return IntStream.range(0, outcomes.size())
                    .filter(caller -> caller % 3 == from)
                    .mapToObj(outcomes::get)
                    .toList();
        }
    }
}
