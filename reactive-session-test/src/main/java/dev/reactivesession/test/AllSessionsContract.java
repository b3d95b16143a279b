package dev.reactivesession.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The rule of {@link AllSessions}. Empties the back end: nothing else may use it at the same time.
 *
 * @param <S> the store under test
 */
public abstract class AllSessionsContract<S extends SessionStore & AllSessions> extends StoreContract<S> {

    private static final int MANY = 300;

    private static final int ROUNDS = 10;

    /** For subclasses. */
    protected AllSessionsContract() {}

    @Test
    @DisplayName("10.1 Removes every record, and says how many")
    void removesEveryRecordAndSaysHowMany() {
        result(node.deleteAll());
        List<SessionRecord> records = stored(IntStream.range(0, MANY)
                .mapToObj(number -> Samples.session(start, number % 2 == 0 ? "alice" : null))
                .toList());
        assertThat(result(other.deleteAll())).isEqualTo(MANY);
        records.forEach(record -> assertAbsent(record.id()));
        assertThat(result(node.deleteAll())).isZero();
    }

    @Test
    @DisplayName("10.1 What was removed comes back through no save and no touch")
    void whatWasRemovedComesBackThroughNoSaveAndNoTouch() {
        SessionRecord record = stored();
        result(other.deleteAll());
        assertThat(result(node.update(Samples.next(record, "second"), record.version())))
                .isFalse();
        assertThat(result(node.touch(record.id(), start.plusSeconds(1), record.expiresAt())))
                .isFalse();
        assertAbsent(record.id());
    }

    @Test
    @DisplayName("10.1 Misses nothing whose insert completed before the call began, while others still insert")
    void missesNothingThatWasCompletedBefore() {
        Set<SessionId> completed = ConcurrentHashMap.newKeySet();
        Race.of(CALLERS, caller -> caller > 0 ? inserting(anyNode(caller), completed) : emptied(completed));
    }

    @Test
    @DisplayName("10.1 Several calls at once count each record once")
    void severalCallsAtOnceCountEachRecordOnce() {
        result(node.deleteAll());
        for (int round = 0; round < ROUNDS; round++) {
            stored(IntStream.range(0, CALLERS).mapToObj(number -> session()).toList());
            List<Long> counts = Race.of(CALLERS, caller -> anyNode(caller).deleteAll());
            assertThat(counts.stream().mapToLong(Long::longValue).sum()).isEqualTo(CALLERS);
        }
    }

    @Test
    @DisplayName("10.1 Nothing happens before subscription")
    void nothingHappensBeforeSubscription() {
        Mono<Long> assembled = node.deleteAll();
        SessionRecord record = stored();
        assertStored(record);
        assertThat(result(assembled)).isPositive();
        assertAbsent(record.id());
    }

    private Mono<Boolean> inserting(S store, Set<SessionId> completed) {
        return Flux.range(0, ROUNDS)
                .concatMap(number -> inserted(store, session()))
                .doOnNext(completed::add)
                .then(Mono.just(true));
    }

    private Mono<SessionId> inserted(S store, SessionRecord record) {
        return store.insert(record).thenReturn(record.id());
    }

    private Mono<Boolean> emptied(Set<SessionId> completed) {
        return Mono.defer(() -> {
                    Set<SessionId> before = Set.copyOf(completed);
                    return node.deleteAll()
                            .thenMany(Flux.fromIterable(before))
                            .concatMap(node::find)
                            .doOnNext(record -> {
                                throw new AssertionError("missed " + record);
                            })
                            .next();
                })
                .repeat(ROUNDS - 1)
                .then(Mono.just(true));
    }
}
