package dev.reactivesession.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException.NotStorable;
import dev.reactivesession.SessionException.TooLarge;
import dev.reactivesession.SessionException.Unavailable;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.test.Race;
import io.r2dbc.pool.ConnectionPool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Operations that gather while all lanes are busy leave together, and each gets its own answer. */
@ExtendWith(NoDeadlocks.class)
class BatchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int LANES = 8;

    private final WireProxy wire = new WireProxy(Postgresql.options());

    private final ConnectionPool pool = Postgresql.pool(wire.connections(), 1);

    private final R2dbcSessionSettings settings = Table.createdOn(Postgresql.connections());

    private final R2dbcSessionStore store = R2dbcSessionStore.of(pool, settings);

    private final Sql sql = new Sql(Postgresql.connections());

    @BeforeEach
    void openEveryLane() {
        Race.of(4 * LANES, number -> store.insert(Samples.session()));
    }

    @AfterEach
    void close() throws IOException {
        store.close().block(PATIENCE);
        pool.dispose();
        wire.close();
    }

    @Test
    void eachOperationOfABatchGetsItsOwnAnswer() {
        SessionRecord saved = inserted();
        SessionRecord conflicting = inserted();
        SessionRecord expired = inserted();
        SessionRecord absent = Samples.session();
        SessionRecord twice = inserted();
        SessionRecord other = inserted();
        SessionRecord large = Samples.session("alice", "x".repeat(2 << 20));
        store.insert(large).block(PATIENCE);
        gather();
        CompletableFuture<Boolean> done = store.update(Samples.next(saved), 1).toFuture();
        CompletableFuture<Boolean> otherVersion =
                store.update(Samples.next(conflicting), 7).toFuture();
        CompletableFuture<Boolean> notThere =
                store.update(Samples.next(absent), 1).toFuture();
        CompletableFuture<Boolean> tooLate = store.update(usedAt(expired), 1).toFuture();
        CompletableFuture<Boolean> first = store.update(Samples.next(twice), 1).toFuture();
        CompletableFuture<Boolean> second = store.update(Samples.next(twice), 1).toFuture();
        CompletableFuture<Boolean> ofLarge =
                store.update(Samples.next(large), 1).toFuture();
        CompletableFuture<Boolean> unstorable =
                store.update(named(other, "nul\0"), 1).toFuture();
        wire.freeze(false);
        assertThat(done.join()).isTrue();
        assertThat(otherVersion.join()).isFalse();
        assertThat(notThere.join()).isFalse();
        assertThat(tooLate.join()).isFalse();
        assertThat(first.join()).isTrue();
        assertThat(second.join()).as("the second of two saves of one version").isFalse();
        assertThat(ofLarge.join()).isTrue();
        assertThat(unstorable.handle((result, error) -> error).join()).isInstanceOf(NotStorable.class);
        assertThat(store.find(absent.id()).hasElement().block(PATIENCE)).isFalse();
    }

    @Test
    void insertsTouchesDeletesAndFindsInBatchesGetTheirOwnAnswers() {
        List<SessionRecord> there =
                IntStream.range(0, 20).mapToObj(number -> inserted()).toList();
        gather();
        CompletableFuture<List<Boolean>> inserts = all(Flux.fromIterable(there)
                .flatMapSequential(
                        record -> Mono.zip(
                                        store.insert(Samples.session("bob", "{}")), store.insert(Samples.next(record)))
                                .map(both -> both.getT1() && !both.getT2()),
                        100));
        CompletableFuture<List<Boolean>> touches = all(Flux.fromIterable(there)
                .flatMapSequential(
                        record -> store.touch(
                                record.id(), Samples.START, record.expiresAt().plusSeconds(1)),
                        100));
        CompletableFuture<List<Boolean>> absentTouches = all(Flux.range(0, 20)
                .flatMapSequential(number -> store.touch(Samples.session().id(), Samples.START, Samples.START), 100));
        CompletableFuture<List<SessionRecord>> finds =
                all(Flux.fromIterable(there).flatMapSequential(record -> store.find(record.id()), 100));
        CompletableFuture<List<Boolean>> absent = all(Flux.range(0, 20)
                .flatMapSequential(number -> store.find(Samples.session().id()).hasElement(), 100));
        wire.freeze(false);
        assertThat(inserts.join()).hasSize(20).containsOnly(true);
        assertThat(touches.join()).hasSize(20).containsOnly(true);
        assertThat(absentTouches.join()).hasSize(20).containsOnly(false);
        assertThat(finds.join())
                .extracting(SessionRecord::id)
                .containsExactlyElementsOf(there.stream().map(SessionRecord::id).toList());
        assertThat(absent.join()).hasSize(20).containsOnly(false);
        CompletableFuture<List<Boolean>> deletes =
                all(Flux.fromIterable(there).flatMapSequential(record -> store.delete(record.id()), 100));
        assertThat(deletes.join()).hasSize(20).containsOnly(true);
    }

    @Test
    void operationsThatGatheredTakeFewStatements() {
        List<SessionRecord> records =
                IntStream.range(0, 60).mapToObj(number -> inserted()).toList();
        gather();
        wire.forget();
        CompletableFuture<List<Boolean>> saves =
                all(Flux.fromIterable(records).flatMapSequential(record -> store.update(Samples.next(record), 1), 100));
        wire.freeze(false);
        assertThat(saves.join()).hasSize(60).containsOnly(true);
        assertThat(wire.messages().chars().filter(type -> type == 'S').count())
                .as("round trips for 60 saves, beside those of the statements that were held up")
                .isLessThan(30);
    }

    @Test
    void oneThatIsCancelledBeforeItLeftIsNotDone() {
        SessionRecord kept = inserted();
        SessionRecord deleted = inserted();
        gather();
        store.delete(kept.id()).subscribe().dispose();
        CompletableFuture<Boolean> done = store.delete(deleted.id()).toFuture();
        wire.freeze(false);
        assertThat(done.join()).isTrue();
        assertThat(store.find(kept.id()).block(PATIENCE)).isEqualTo(kept);
    }

    @Test
    void oneThatIsLateIsUnavailableAndItsNeighboursAreDone() {
        SessionRecord record = inserted();
        gather();
        CompletableFuture<Boolean> impatient =
                store.delete(record.id()).timeout(Duration.ofMillis(50)).toFuture();
        assertThat(impatient.handle((result, error) -> error).join()).isNotNull();
        CompletableFuture<Boolean> done = store.update(Samples.next(record), 1).toFuture();
        wire.freeze(false);
        assertThat(done.join()).as("the late one was taken out").isTrue();
    }

    @Test
    void aConnectionThatIsLostFailsItsBatchAndNoOther() {
        SessionRecord record = inserted();
        sql.run("select count(pg_terminate_backend(pid)) from pg_stat_activity where query like '%" + settings.table()
                + "%' and pid <> pg_backend_pid()");
        List<Object> outcomes = Flux.range(0, 200)
                .flatMap(number -> store.find(record.id()).cast(Object.class).onErrorResume(Mono::just), 50)
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
        assertThat(outcomes).hasSize(200).allMatch(outcome -> outcome.equals(record) || outcome instanceof Unavailable);
        assertThat(store.find(record.id()).block(PATIENCE)).isEqualTo(record);
    }

    @Test
    void aPrincipalThatNoIndexHoldsIsTooLarge() {
        for (Mono<?> write : List.of(
                store.insert(Samples.session("x".repeat(10_000), "{}")),
                store.update(Samples.next(named(inserted(), "y".repeat(10_000))), 1))) {
            assertThat(write.<Throwable>then(Mono.empty())
                            .onErrorResume(Mono::just)
                            .block(PATIENCE))
                    .isInstanceOf(TooLarge.class)
                    .hasMessageContaining("10000 bytes")
                    .hasMessageContaining("2600");
        }
    }

    // The lanes are busy with statements that the frozen wire holds up.
    private void gather() {
        wire.freeze(true);
        for (int lane = 0; lane < LANES; lane++) {
            store.delete(Samples.session().id()).toFuture();
            store.find(Samples.session().id()).toFuture();
        }
    }

    private SessionRecord inserted() {
        SessionRecord record = Samples.session();
        assertThat(store.insert(record).block(PATIENCE)).isTrue();
        return record;
    }

    private static <T> CompletableFuture<List<T>> all(Flux<T> operations) {
        return operations.collectList().toFuture();
    }

    private static SessionRecord usedAt(SessionRecord record) {
        return new SessionRecord(
                record.id(),
                record.proof(),
                2,
                record.createdAt(),
                record.expiresAt(),
                record.idleTimeout(),
                record.expiresAt().plus(Samples.IDLE),
                record.principal(),
                record.payload());
    }

    private static SessionRecord named(SessionRecord record, String principal) {
        return new SessionRecord(
                record.id(),
                record.proof(),
                2,
                record.createdAt(),
                record.lastAccessedAt(),
                record.idleTimeout(),
                record.expiresAt(),
                principal,
                record.payload());
    }
}
