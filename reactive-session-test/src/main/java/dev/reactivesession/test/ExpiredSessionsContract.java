package dev.reactivesession.test;

import static dev.reactivesession.test.Samples.next;
import static dev.reactivesession.test.Samples.usedAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/**
 * The rules of {@link ExpiredSessions}, each under its number. Of 6.2, a kit sees from outside that demand is kept;
 * how far a store reads ahead, and what it holds in memory, its own tests must show.
 *
 * @param <S> the store under test
 */
public abstract class ExpiredSessionsContract<S extends SessionStore & ExpiredSessions> extends StoreContract<S> {

    private static final int ROUNDS = 10;

    private static final int MANY = 500;

    private static final int BATCH = 50;

    /** For subclasses. */
    protected ExpiredSessionsContract() {}

    @Nested
    @DisplayName("6 expired")
    class Expired {

        @Test
        @DisplayName("6.1 Names every session whose deadline is at or before now")
        void namesEverySessionWhoseDeadlineHasCome() {
            Instant now = start.plusSeconds(900);
            SessionRecord before = stored(expiring(now.minusMillis(1)));
            SessionRecord exactly = stored(expiring(now));
            SessionRecord after = stored(expiring(now.plusMillis(1)));
            assertThat(all(node.expired(now)))
                    .contains(before.id(), exactly.id())
                    .doesNotContain(after.id());
        }

        @Test
        @DisplayName("6.1 Names a session at the deadline that a touch gave it, whatever was swept before")
        void namesASessionAtTheDeadlineThatATouchGaveIt() {
            SessionRecord record = stored();
            Instant later = record.expiresAt().plusSeconds(60);
            result(other.touch(record.id(), start.plusSeconds(60), later));
            assertThat(sweep(record.expiresAt())).doesNotContain(record.id());
            assertThat(all(node.expired(later))).contains(record.id());
        }

        @Test
        @DisplayName("6.1 Names a session at the deadline that a save gave it, an earlier one too")
        void namesASessionAtTheDeadlineThatASaveGaveIt() {
            SessionRecord record = stored();
            Instant earlier = start.plusSeconds(600);
            SessionRecord shorter = usedAt(next(record, "shorter"), start.plusSeconds(1), record.expiresAt());
            result(other.update(Samples.living(shorter, Duration.ofSeconds(599)), record.version()));
            assertThat(all(node.expired(earlier.minusMillis(1)))).doesNotContain(record.id());
            assertThat(all(node.expired(earlier))).contains(record.id());
        }

        @Test
        @DisplayName("6.1 Does not go on naming what was deleted")
        void doesNotGoOnNamingWhatWasDeleted() {
            SessionRecord record = stored();
            result(node.delete(record.id()));
            assertThat(sweep(record.expiresAt())).doesNotContain(record.id());
            assertThat(all(node.expired(record.expiresAt()))).doesNotContain(record.id());
        }

        @Test
        @DisplayName("6.1 Passes over none while what it named is being removed")
        void passesOverNoneWhileWhatItNamedIsBeingRemoved() {
            List<SessionId> ids = ids(stored(many()));
            assertThat(sweep(start.plus(Samples.IDLE))).containsAll(ids);
            ids.forEach(ExpiredSessionsContract.this::assertAbsent);
        }

        @Test
        @DisplayName("6.2 Gives no more than is requested, and the rest when it is requested")
        void givesNoMoreThanIsRequested() {
            List<SessionId> ids = ids(stored(many()));
            List<SessionId> named = new ArrayList<>();
            StepVerifier.create(node.expired(start.plus(Samples.IDLE)), 0)
                    .expectSubscription()
                    .thenRequest(1)
                    .consumeNextWith(named::add)
                    .thenRequest(2)
                    .consumeNextWith(named::add)
                    .consumeNextWith(named::add)
                    .thenRequest(Long.MAX_VALUE)
                    .thenConsumeWhile(id -> true, named::add)
                    .expectComplete()
                    .verify(patience());
            assertThat(named).containsAll(ids).doesNotHaveDuplicates();
        }

        @Test
        @DisplayName("6.3 Cancelling stops reading and frees what it held")
        void cancellingStopsReadingAndFreesWhatItHeld() {
            stored(many());
            for (int round = 0; round < 100; round++) {
                assertThat(all(node.expired(start.plus(Samples.IDLE)).take(1 + round % 3)))
                        .isNotEmpty();
            }
            assertStored(stored());
        }

        @Test
        @DisplayName("Start: nothing happens before subscription, and every subscription reads again")
        void everySubscriptionReadsAgain() {
            Flux<SessionId> expired = node.expired(start.plus(Samples.IDLE));
            SessionRecord one = stored();
            assertThat(all(expired)).contains(one.id());
            SessionRecord two = stored();
            assertThat(all(expired)).contains(one.id(), two.id());
        }
    }

    @Nested
    @DisplayName("7 deleteExpired")
    class DeleteExpired {

        @Test
        @DisplayName("7.1 What was touched between being named and being removed survives, whole")
        void whatWasTouchedMeanwhileSurvives() {
            SessionRecord record = stored();
            Instant now = record.expiresAt();
            assertThat(all(node.expired(now))).contains(record.id());
            assertThat(result(other.touch(record.id(), now.minusMillis(1), now.plusMillis(1))))
                    .isTrue();
            assertThat(removed(node, List.of(record.id()), now)).isEmpty();
            assertStored(usedAt(record, now.minusMillis(1), now.plusMillis(1)));
        }

        @Test
        @DisplayName("7.1 What was saved between being named and being removed survives, whole")
        void whatWasSavedMeanwhileSurvives() {
            SessionRecord record = stored();
            Instant now = record.expiresAt();
            SessionRecord saved = usedAt(next(record, "in time"), now.minusMillis(1), now.plusMillis(1));
            assertThat(all(node.expired(now))).contains(record.id());
            assertThat(result(other.update(saved, record.version()))).isTrue();
            assertThat(removed(node, List.of(record.id()), now)).isEmpty();
            assertStored(saved);
        }

        @Test
        @DisplayName("7.1 Removes what has expired at exactly now, and nothing a millisecond younger")
        void removesWhatHasExpiredAtExactlyNow() {
            Instant now = start.plusSeconds(900);
            SessionRecord exactly = stored(expiring(now));
            SessionRecord after = stored(expiring(now.plusMillis(1)));
            assertThat(removed(node, List.of(exactly.id(), after.id()), now)).containsExactly(exactly.id());
            assertAbsent(exactly.id());
            assertStored(after);
        }

        @Test
        @DisplayName("7.1 A touch at the same time either comes first and keeps the session, or finds it gone")
        void aTouchAtTheSameTimeKeepsTheSessionOrFindsItGone() {
            for (int round = 0; round < ROUNDS; round++) {
                List<SessionRecord> records = stored(sessions(CALLERS / 2));
                Instant now = start.plus(Samples.IDLE);
                List<Set<SessionId>> outcomes = new ArrayList<>(Race.of(
                        CALLERS,
                        caller -> caller < records.size()
                                ? renewed(anyNode(caller), records.get(caller), now)
                                : swept(anyNode(caller), ids(records), now)));
                outcomes.add(result(swept(node, ids(records), now)));
                Set<SessionId> kept = union(outcomes.subList(0, records.size()));
                assertKeptOrRemoved(records, kept, outcomes.subList(records.size(), outcomes.size()));
                records.forEach(record -> assertRenewedOrAbsent(record, kept, now));
            }
        }

        @Test
        @DisplayName("7.2 Emits exactly the ids this call removed: none that are unknown, deleted, repeated or alive")
        void emitsExactlyTheIdsThisCallRemoved() {
            SessionRecord expired = stored(expiring(start.plusSeconds(60)));
            SessionRecord alive = stored();
            SessionRecord deleted = stored(expiring(start.plusSeconds(60)));
            result(node.delete(deleted.id()));
            List<SessionId> named = List.of(expired.id(), alive.id(), deleted.id(), Samples.id(), expired.id());
            assertThat(removed(node, named, start.plusSeconds(60))).containsExactly(expired.id());
            assertThat(removed(other, named, start.plusSeconds(60))).isEmpty();
            assertStored(alive);
        }

        @Test
        @DisplayName("7.2 No ids are no error")
        void noIdsAreNoError() {
            assertThat(removed(node, List.of(), start)).isEmpty();
        }

        @Test
        @DisplayName("7.2 Leaves alone what it was not asked to remove")
        void leavesAloneWhatItWasNotAskedToRemove() {
            SessionRecord asked = stored();
            SessionRecord notAsked = stored();
            assertThat(removed(node, List.of(asked.id()), start.plus(Samples.IDLE)))
                    .containsExactly(asked.id());
            assertStored(notAsked);
        }

        @Test
        @DisplayName("7.2 Nothing happens before subscription")
        void nothingHappensBeforeSubscription() {
            SessionRecord record = stored();
            Flux<SessionId> assembled = node.deleteExpired(List.of(record.id()), record.expiresAt());
            assertStored(record);
            assertThat(all(assembled)).containsExactly(record.id());
            assertThat(all(assembled)).isEmpty();
        }

        @Test
        @DisplayName("7.3 Several nodes at once neither deadlock nor name a session twice")
        void severalNodesAtOnceNeitherDeadlockNorNameASessionTwice() {
            for (int round = 0; round < ROUNDS; round++) {
                List<SessionRecord> records = stored(sessions(BATCH));
                List<SessionId> ids = ids(records);
                Instant now = start.plus(Samples.IDLE);
                List<Set<SessionId>> outcomes =
                        new ArrayList<>(Race.of(CALLERS, caller -> swept(anyNode(caller), turned(ids, caller), now)));
                outcomes.add(result(swept(node, ids, now)));
                assertKeptOrRemoved(records, Set.of(), outcomes);
                ids.forEach(ExpiredSessionsContract.this::assertAbsent);
            }
        }

        @Test
        @DisplayName("7.3 Cancelling leaves each session there or gone, and the rest can still be removed")
        void cancellingLeavesEachSessionThereOrGone() {
            List<SessionId> ids = ids(stored(sessions(BATCH)));
            Instant now = start.plus(Samples.IDLE);
            for (int round = 0; round < ROUNDS; round++) {
                node.deleteExpired(ids, now).subscribe().dispose();
                all(node.deleteExpired(ids.subList(0, round), now).take(1));
            }
            all(node.deleteExpired(ids, now));
            ids.forEach(ExpiredSessionsContract.this::assertAbsent);
            assertStored(stored());
        }

        /** The same ids beginning elsewhere: callers who lock rows in their own order are those who deadlock. */
        private List<SessionId> turned(List<SessionId> ids, int by) {
            List<SessionId> turned = new ArrayList<>(ids.subList(by, ids.size()));
            turned.addAll(ids.subList(0, by));
            return turned;
        }

        private Mono<Set<SessionId>> renewed(S store, SessionRecord record, Instant now) {
            return store.touch(record.id(), now.minusMillis(1), now.plusSeconds(60))
                    .map(renewed -> renewed ? Set.of(record.id()) : Set.of());
        }

        private Mono<Set<SessionId>> swept(S store, Collection<SessionId> ids, Instant now) {
            return store.deleteExpired(ids, now).collectList().map(removed -> {
                assertThat(removed).doesNotHaveDuplicates();
                return Set.copyOf(removed);
            });
        }

        private Set<SessionId> union(List<Set<SessionId>> sets) {
            return Set.copyOf(sets.stream().flatMap(Set::stream).toList());
        }

        private void assertKeptOrRemoved(
                List<SessionRecord> records, Set<SessionId> kept, List<Set<SessionId>> removedByEach) {
            List<SessionId> keptOrRemoved = new ArrayList<>(kept);
            removedByEach.forEach(keptOrRemoved::addAll);
            assertThat(keptOrRemoved)
                    .as("each session was either kept or removed by one call")
                    .containsExactlyInAnyOrderElementsOf(ids(records));
        }

        private void assertRenewedOrAbsent(SessionRecord record, Set<SessionId> kept, Instant now) {
            if (kept.contains(record.id())) {
                assertStored(usedAt(record, now.minusMillis(1), now.plusSeconds(60)));
            } else {
                assertAbsent(record.id());
            }
        }
    }

    private SessionRecord expiring(Instant at) {
        return usedAt(session(), start, at);
    }

    private List<SessionRecord> many() {
        return sessions(MANY);
    }

    private List<SessionRecord> sessions(int count) {
        return IntStream.range(0, count).mapToObj(number -> session()).toList();
    }

    private static List<SessionId> ids(Collection<SessionRecord> records) {
        return records.stream().map(SessionRecord::id).toList();
    }

    private List<SessionId> removed(S store, Collection<SessionId> ids, Instant now) {
        return all(store.deleteExpired(ids, now));
    }

    private List<SessionId> sweep(Instant now) {
        return all(node.expired(now).buffer(BATCH).concatMap(batch -> node.deleteExpired(batch, now)));
    }
}
