package dev.reactivesession.test;

import static dev.reactivesession.test.Samples.next;
import static dev.reactivesession.test.Samples.ofPrincipal;
import static dev.reactivesession.test.Samples.usedAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionsByPrincipal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/**
 * The rules of {@link SessionsByPrincipal}, each under its number.
 *
 * @param <S> the store under test
 */
public abstract class SessionsByPrincipalContract<S extends SessionStore & SessionsByPrincipal>
        extends StoreContract<S> {

    private static final int ROUNDS = 10;

    private static final int MANY = 300;

    /** For subclasses. */
    protected SessionsByPrincipalContract() {}

    @Nested
    @DisplayName("8 findByPrincipal and countByPrincipal")
    class Find {

        private final String alice = Samples.principal("alice");

        @Test
        @DisplayName("8.1 Every record of a principal, whole, and none of anybody else")
        void everyRecordOfAPrincipalAndNoneOfAnybodyElse() {
            SessionRecord one = storedFor(alice);
            SessionRecord two = storedFor(alice);
            storedFor(Samples.principal("bob"));
            storedFor(null);
            assertOwns(alice, one, two);
        }

        @Test
        @DisplayName("8.1 Nobody's sessions are none")
        void nobodysSessionsAreNone() {
            assertOwns(alice);
        }

        @Test
        @DisplayName("8.1 A session belongs to whom the last save says")
        void aSessionBelongsToWhomTheLastSaveSays() {
            String bob = Samples.principal("bob");
            SessionRecord anonymous = storedFor(null);
            SessionRecord first = saved(anonymous, alice);
            assertOwns(alice, first);
            SessionRecord second = saved(first, bob);
            assertOwns(alice);
            assertOwns(bob, second);
            saved(second, null);
            assertOwns(bob);
        }

        @Test
        @DisplayName("8.1 A session is there with the times of its last touch")
        void aSessionIsThereWithTheTimesOfItsLastTouch() {
            SessionRecord record = storedFor(alice);
            result(other.touch(
                    record.id(), start.plusSeconds(60), record.expiresAt().plusSeconds(60)));
            assertOwns(
                    alice,
                    usedAt(record, start.plusSeconds(60), record.expiresAt().plusSeconds(60)));
        }

        @Test
        @DisplayName("8.1 A session that was deleted is not there")
        void aSessionThatWasDeletedIsNotThere() {
            SessionRecord stays = storedFor(alice);
            result(other.delete(storedFor(alice).id()));
            assertOwns(alice, stays);
        }

        @Test
        @DisplayName("8.1 Many sessions come as they are requested, and cancelling frees what was held")
        void manySessionsComeAsTheyAreRequested() {
            List<SessionRecord> records = stored(sessionsOf(alice, MANY));
            List<SessionRecord> found = new ArrayList<>();
            StepVerifier.create(node.findByPrincipal(alice), 0)
                    .expectSubscription()
                    .thenRequest(1)
                    .consumeNextWith(found::add)
                    .thenRequest(Long.MAX_VALUE)
                    .thenConsumeWhile(record -> true, found::add)
                    .expectComplete()
                    .verify(patience());
            assertThat(found).containsExactlyInAnyOrderElementsOf(records);
            for (int round = 0; round < 100; round++) {
                assertThat(all(node.findByPrincipal(alice).take(1))).hasSize(1);
            }
        }

        @Test
        @DisplayName("8.2 A principal is compared exactly: no case folding, no trimming, no patterns")
        void aPrincipalIsComparedExactly() {
            List<String> lookAlikes = List.of(
                    alice,
                    alice.toUpperCase(Locale.ROOT),
                    " " + alice,
                    alice + " ",
                    alice + "\t",
                    alice + "*",
                    alice.replace('-', '_'),
                    "%" + alice.substring(1),
                    alice + "\u00e9",
                    alice + "e\u0301",
                    alice + "'--",
                    alice + ":" + alice,
                    alice + "{x}");
            List<SessionRecord> records = lookAlikes.stream()
                    .map(SessionsByPrincipalContract.this::storedFor)
                    .toList();
            for (int index = 0; index < lookAlikes.size(); index++) {
                assertOwns(lookAlikes.get(index), records.get(index));
            }
        }

        @Test
        @DisplayName("8.2 The longest principals that differ in the last letter are two")
        void theLongestPrincipalsThatDifferInTheLastLetterAreTwo() {
            String stem = "山".repeat(511 - alice.length()) + alice;
            SessionRecord one = storedFor(stem + "a");
            SessionRecord two = storedFor(stem + "b");
            assertOwns(stem + "a", one);
            assertOwns(stem + "b", two);
        }

        @Test
        @DisplayName("8.3 Counts what would be streamed")
        void countsWhatWouldBeStreamed() {
            List<SessionRecord> records = stored(sessionsOf(alice, MANY));
            assertThat(result(other.countByPrincipal(alice))).isEqualTo(MANY);
            result(node.delete(records.get(0).id()));
            saved(records.get(1), null);
            assertThat(result(other.countByPrincipal(alice))).isEqualTo(MANY - 2);
        }

        @Test
        @DisplayName("Start: nothing happens before subscription, and every subscription reads again")
        void everySubscriptionReadsAgain() {
            Flux<SessionRecord> find = node.findByPrincipal(alice);
            Mono<Long> count = node.countByPrincipal(alice);
            assertThat(all(find)).isEmpty();
            SessionRecord record = storedFor(alice);
            assertThat(all(find)).containsExactly(record);
            assertThat(result(count)).isEqualTo(1);
        }
    }

    @Nested
    @DisplayName("9 deleteByPrincipal")
    class DeleteByPrincipal {

        private final String alice = Samples.principal("alice");

        @Test
        @DisplayName("9.1 Removes every record of a principal, and emits their ids")
        void removesEveryRecordOfAPrincipal() {
            List<SessionRecord> records = stored(sessionsOf(alice, MANY));
            SessionRecord bobs = storedFor(Samples.principal("bob"));
            SessionRecord nobodys = storedFor(null);
            assertThat(removed(other, null)).containsExactlyInAnyOrderElementsOf(ids(records));
            ids(records).forEach(SessionsByPrincipalContract.this::assertAbsent);
            assertOwns(alice);
            assertStored(bobs);
            assertStored(nobodys);
            assertThat(removed(node, null)).isEmpty();
        }

        @Test
        @DisplayName("9.1 Removes all but the exception")
        void removesAllButTheException() {
            SessionRecord one = storedFor(alice);
            SessionRecord kept = storedFor(alice);
            assertThat(removed(node, kept.id())).containsExactly(one.id());
            assertOwns(alice, kept);
            assertStored(kept);
        }

        @Test
        @DisplayName("9.1 An exception that is nobody's excepts nothing")
        void anExceptionThatIsNobodysExceptsNothing() {
            SessionRecord one = storedFor(alice);
            SessionRecord bobs = storedFor(Samples.principal("bob"));
            assertThat(removed(node, bobs.id())).containsExactly(one.id());
            assertStored(bobs);
        }

        @Test
        @DisplayName("9.1 Emits the ids that this call removed: two calls at once share them without a third")
        void callsAtOnceShareTheIds() {
            for (int round = 0; round < ROUNDS; round++) {
                List<SessionRecord> records = stored(sessionsOf(alice, CALLERS));
                List<List<SessionId>> outcomes = Race.of(
                        CALLERS,
                        caller -> anyNode(caller).deleteByPrincipal(alice, null).collectList());
                assertThat(outcomes.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(ids(records));
            }
        }

        @Test
        @DisplayName("9.1 Nothing happens before subscription")
        void nothingHappensBeforeSubscription() {
            SessionRecord record = storedFor(alice);
            Flux<SessionId> assembled = node.deleteByPrincipal(alice, null);
            assertStored(record);
            assertThat(all(assembled)).containsExactly(record.id());
            assertThat(all(assembled)).isEmpty();
        }

        @Test
        @DisplayName("9.2 A record of which the principal changed before survives")
        void aRecordOfWhichThePrincipalChangedBeforeSurvives() {
            SessionRecord record = storedFor(alice);
            SessionRecord loggedOut = saved(record, null);
            assertThat(removed(node, null)).isEmpty();
            assertStored(loggedOut);
        }

        @Test
        @DisplayName(
                "9.2 A record of which the principal changes at the same time is saved and survives, or is removed")
        void aRecordOfWhichThePrincipalChangesAtTheSameTimeIsSavedOrRemoved() {
            String bob = Samples.principal("bob");
            for (int round = 0; round < ROUNDS; round++) {
                List<SessionRecord> records = stored(sessionsOf(alice, CALLERS - 1));
                List<Set<SessionId>> outcomes = Race.of(
                        CALLERS,
                        caller -> caller < records.size()
                                ? changed(anyNode(caller), records.get(caller), bob)
                                : node.deleteByPrincipal(alice, null)
                                        .collectList()
                                        .map(Set::copyOf));
                Set<SessionId> removed = outcomes.get(CALLERS - 1);
                for (int caller = 0; caller < records.size(); caller++) {
                    assertChangedOrRemoved(records.get(caller), bob, outcomes.get(caller), removed);
                }
            }
        }

        @Test
        @DisplayName("9.3 A record that was inserted or given to this principal before the call began is not missed")
        void whatWasCompletedBeforeIsNotMissed() {
            for (int round = 0; round < ROUNDS; round++) {
                SessionRecord inserted = storedFor(alice);
                SessionRecord given = saved(storedFor(null), alice);
                assertThat(removed(other, null)).containsExactlyInAnyOrder(inserted.id(), given.id());
                assertAbsent(inserted.id());
                assertAbsent(given.id());
            }
        }

        @Test
        @DisplayName("9.3 What was completed before is not missed while others are still logging in")
        void whatWasCompletedBeforeIsNotMissedWhileOthersAreStillLoggingIn() {
            for (int round = 0; round < ROUNDS; round++) {
                Set<SessionId> completed = ConcurrentHashMap.newKeySet();
                Race.of(
                        CALLERS,
                        caller -> caller > 0
                                ? loggingIn(anyNode(caller), completed)
                                : missed(completed).repeat(ROUNDS - 1).then(Mono.just(true)));
                all(node.deleteByPrincipal(alice, null));
                assertOwns(alice);
            }
        }

        private Mono<Boolean> loggingIn(S store, Set<SessionId> completed) {
            return Flux.range(0, ROUNDS)
                    .concatMap(number -> loggedIn(store))
                    .doOnNext(completed::add)
                    .then(Mono.just(true));
        }

        private Mono<SessionId> loggedIn(S store) {
            SessionRecord anonymous = session();
            return store.insert(anonymous)
                    .then(store.update(ofPrincipal(next(anonymous, "login"), alice), anonymous.version()))
                    .thenReturn(anonymous.id());
        }

        /** Fails when something that had been completed before a call began is still there after it. */
        private Mono<SessionRecord> missed(Set<SessionId> completed) {
            return Mono.defer(() -> {
                Set<SessionId> before = Set.copyOf(completed);
                return node.deleteByPrincipal(alice, null)
                        .thenMany(Flux.fromIterable(before))
                        .concatMap(node::find)
                        .doOnNext(record -> {
                            throw new AssertionError("missed " + record);
                        })
                        .next();
            });
        }

        private Mono<Set<SessionId>> changed(S store, SessionRecord record, String principal) {
            return store.update(ofPrincipal(next(record, "changed"), principal), record.version())
                    .map(changed -> changed ? Set.of(record.id()) : Set.of());
        }

        private void assertChangedOrRemoved(
                SessionRecord record, String principal, Set<SessionId> changed, Set<SessionId> removed) {
            if (changed.contains(record.id())) {
                assertThat(removed).doesNotContain(record.id());
                assertStored(ofPrincipal(next(record, "changed"), principal));
            } else {
                assertThat(removed).contains(record.id());
                assertAbsent(record.id());
            }
        }

        private List<SessionId> removed(S store, @Nullable SessionId except) {
            return all(store.deleteByPrincipal(alice, except));
        }
    }

    private SessionRecord storedFor(@Nullable String principal) {
        return stored(Samples.session(start, principal));
    }

    private SessionRecord saved(SessionRecord record, @Nullable String principal) {
        SessionRecord saved = ofPrincipal(next(record, "saved for another"), principal);
        assertThat(result(other.update(saved, record.version()))).isTrue();
        return saved;
    }

    private List<SessionRecord> sessionsOf(String principal, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> Samples.session(start, principal))
                .toList();
    }

    private void assertOwns(String principal, SessionRecord... records) {
        assertThat(all(node.findByPrincipal(principal))).as("on the first node").containsExactlyInAnyOrder(records);
        assertThat(all(other.findByPrincipal(principal)))
                .as("on the second node")
                .containsExactlyInAnyOrder(records);
        assertThat(result(node.countByPrincipal(principal))).isEqualTo(records.length);
    }

    private static List<SessionId> ids(Collection<SessionRecord> records) {
        return records.stream().map(SessionRecord::id).toList();
    }
}
