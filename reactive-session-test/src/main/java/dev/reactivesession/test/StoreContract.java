package dev.reactivesession.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The base of every kit: two nodes over one back end. Tests use new ids each time, so one back end serves
 * all of them without being emptied; times begin at the present, so a back end that drops expired records by its own
 * clock keeps what the tests need. Nothing here waits for time to pass.
 *
 * @param <S> the store under test
 */
@ExtendWith(RuleNames.class)
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
public abstract class StoreContract<S extends SessionStore> {

    static final int CALLERS = 16;

    final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    S node;

    S other;

    /** For subclasses. */
    protected StoreContract() {}

    /**
     * The store under test. Asked for once before each test; may be the same each time.
     *
     * @return a store that is ready
     */
    protected abstract S store();

    /**
     * The same store on another node: another instance, with connections and memory of its own, over the same back end.
     *
     * @return a store that is ready
     */
    protected abstract S secondNode();

    /**
     * Runs before each test, before the stores are asked for. Does nothing unless overridden: the tests do not need
     * an empty back end.
     */
    protected void reset() {}

    /**
     * How long one operation may take before its test fails.
     *
     * @return 10 seconds unless overridden
     */
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }

    @BeforeEach
    final void askForStores() {
        reset();
        node = store();
        other = secondNode();
    }

    final S anyNode(int caller) {
        return caller % 2 == 0 ? node : other;
    }

    final SessionRecord session() {
        return Samples.session(start);
    }

    final SessionRecord stored() {
        return stored(session());
    }

    final SessionRecord stored(SessionRecord record) {
        assertThat(result(node.insert(record))).as("insert of a new id").isTrue();
        return record;
    }

    final List<SessionRecord> stored(Collection<SessionRecord> records) {
        return all(
                Flux.fromIterable(records).flatMap(record -> node.insert(record).thenReturn(record), CALLERS));
    }

    final <T> T result(Mono<T> operation) {
        return operation
                .blockOptional(patience())
                .orElseThrow(() -> new AssertionError("the operation completed empty, but must have a result"));
    }

    final <T> List<T> all(Flux<T> stream) {
        return result(stream.collectList());
    }

    final Optional<SessionRecord> found(SessionId id) {
        return node.find(id).blockOptional(patience());
    }

    final void assertStored(SessionRecord expected) {
        assertThat(found(expected.id())).as("on the first node").contains(expected);
        assertThat(other.find(expected.id()).blockOptional(patience()))
                .as("on the second node")
                .contains(expected);
    }

    final void assertAbsent(SessionId id) {
        assertThat(found(id)).as("on the first node").isEmpty();
        assertThat(other.find(id).blockOptional(patience()))
                .as("on the second node")
                .isEmpty();
    }

    static void assertExactlyOneTrue(List<Boolean> outcomes) {
        assertThat(outcomes).containsOnlyOnce(true);
    }
}
