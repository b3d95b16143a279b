package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.reactivesession.SessionException;
import dev.reactivesession.UnreadablePolicy;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.function.Tuples;

@Timeout(60)
class FailureTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String NEWER = "rs2 in a form that nobody knows yet";

    private static final RedisSessionSettings SETTINGS =
            RedisSessionSettings.defaults().withTimeout(Duration.ofMillis(500));

    private final RedisNode redis = RedisNode.start();

    private final LettuceConnectionFactory connections = Backend.connect(redis);

    private final SessionRecord record = Sample.session("alice", "{\"card\":\"4111\"}");

    @AfterEach
    void stop() {
        redis.thaw();
        connections.destroy();
        redis.close();
    }

    @Test
    void aFrozenServerIsATypedErrorWithinTheTimeoutAndRecoversByItself() {
        SessionStore store = store();
        assertThat(result(store.insert(record))).isTrue();
        redis.freeze();
        operations(store).forEach(operation -> assertUnavailable(operation, "reactive-session.redis.timeout"));
        redis.thaw();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> record.equals(result(store.find(record.id()))));
    }

    @Test
    void aServerThatDiesIsATypedErrorAndIsFoundAgainWhenItIsBack() {
        SessionStore store = store();
        assertThat(result(store.insert(record))).isTrue();
        redis.kill();
        operations(store).forEach(operation -> assertUnavailable(operation, ""));
        redis.restart();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> result(store.insert(record)) || result(store.find(record.id())) != null);
    }

    @Test
    void anApplicationThatStartsBeforeItsServerNeedsNoRestart() {
        int port = RedisNode.freePort();
        LettuceConnectionFactory early = new LettuceConnectionFactory("127.0.0.1", port);
        early.start();
        SessionStore store = RedisSessionStore.create(early, SETTINGS);
        assertUnavailable(store.find(record.id()), "");
        try (RedisNode late = RedisNode.startOn(port)) {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> result(store.insert(Sample.session())));
            assertThat(late.<Long>with(commands -> commands.dbsize())).isPositive();
        } finally {
            early.destroy();
        }
    }

    @Test
    void aConnectionFactoryThatWasStoppedAndStartedIsUsedAgain() {
        SessionStore store = store();
        result(store.insert(record));
        connections.stop();
        assertUnavailable(store.find(record.id()), "");
        connections.start();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> record.equals(result(store.find(record.id()))));
    }

    @Test
    void aReadOnlyReplicaStoresNothingAndSaysSo() {
        SessionStore store = store();
        result(store.insert(record));
        redis.with(commands -> commands.replicaof("127.0.0.1", RedisNode.freePort()));
        assertUnavailable(store.insert(Sample.session()), "READONLY");
        assertUnavailable(store.update(Sample.next(record, "{}"), 1), "READONLY");
        assertUnavailable(
                store.touch(
                        record.id(),
                        record.lastAccessedAt().plusSeconds(1),
                        record.expiresAt().plusSeconds(1)),
                "READONLY");
        assertUnavailable(store.delete(record.id()), "READONLY");
    }

    @Test
    void aServerWithoutMemoryStoresNothingAndSaysSoWhileReadsAndDeletesGoOn() {
        SessionStore store = store();
        result(store.insert(record));
        redis.with(commands -> commands.configSet("maxmemory", "1"));
        assertUnavailable(store.insert(Sample.session()), "OOM");
        assertUnavailable(store.update(Sample.next(record, "{}"), 1), "OOM");
        assertThat(result(store.find(record.id()))).isEqualTo(record);
        assertThat(result(store.delete(record.id()))).isTrue();
    }

    @Test
    void somethingOfAnotherTypeUnderOurKeyIsUnreadableAndIsLeftAlone() {
        String key = "reactive-session:session:" + record.id();
        redis.with(commands -> commands.lpush(key, "not", "ours"));
        operations(store())
                .forEach(operation -> assertThatThrownBy(() -> operation.block(PATIENCE))
                        .isInstanceOf(SessionException.Unreadable.class)
                        .hasMessageContaining("WRONGTYPE"));
        assertThat(redis.<Long>with(commands -> commands.llen(key))).isEqualTo(2);
    }

    @Test
    void aTextThatIsNoRecordIsUnreadableAndIsLeftAlone() {
        String key = "reactive-session:session:" + record.id();
        redis.with(commands -> commands.set(key, "not ours"));
        operations(store())
                .forEach(operation -> assertThatThrownBy(() -> operation.block(PATIENCE))
                        .isInstanceOf(SessionException.Unreadable.class));
        assertThat(redis.<String>with(commands -> commands.get(key))).isEqualTo("not ours");
    }

    @Test
    void aSessionOfANewerVersionIsAbsentToItsVisitorsAfterARollback() {
        String key = "reactive-session:session:" + record.id();
        redis.with(commands -> commands.set(key, NEWER));
        assertThat(result(store().find(record.id()))).isNull();
        assertThat(redis.<String>with(commands -> commands.get(key))).isEqualTo(NEWER);
    }

    @Test
    void aSessionOfANewerVersionIsUnreadableWhereThatIsThePolicyAndTheMessageNamesIt() {
        String key = "reactive-session:session:" + record.id();
        redis.with(commands -> commands.set(key, NEWER));
        SessionStore refusing =
                RedisSessionStore.create(connections, SETTINGS.withOnUnreadable(UnreadablePolicy.REFUSE));
        assertThatThrownBy(() -> result(refusing.find(record.id())))
                .isInstanceOf(SessionException.Unreadable.class)
                .hasMessageContaining("rs2")
                .hasMessageContaining("reactive-session.on-unreadable");
    }

    @Test
    void aSessionOfANewerVersionIsNeitherChangedNorDeleted() {
        String key = "reactive-session:session:" + record.id();
        redis.with(commands -> commands.set(key, NEWER));
        operations(store()).stream()
                .skip(1)
                .forEach(operation -> assertThatThrownBy(() -> operation.block(PATIENCE))
                        .isInstanceOf(SessionException.Unreadable.class));
        assertThat(redis.<String>with(commands -> commands.get(key))).isEqualTo(NEWER);
    }

    @Test
    void aServerWithoutMemoryFailsNoReadOverAConnectionThatTheFactoryDoesNotShare() {
        connections.setShareNativeConnection(false);
        assertReadsGoOnBesideRefusedWrites(connections);
    }

    @Test
    void aServerWithoutMemoryFailsNoReadOverAnUnsharedConnectionOfAnotherKindOfFactory() {
        LettuceConnectionFactory another = new LettuceConnectionFactory(redis.host(), redis.port()) {};
        another.setShareNativeConnection(false);
        another.start();
        try {
            assertReadsGoOnBesideRefusedWrites(another);
        } finally {
            another.destroy();
        }
    }

    private void assertReadsGoOnBesideRefusedWrites(LettuceConnectionFactory factory) {
        SessionStore store = RedisSessionStore.create(factory, SETTINGS.withTimeout(PATIENCE));
        result(store.insert(record));
        redis.with(commands -> commands.configSet("maxmemory", "1"));
        Mono<Long> found = Flux.range(0, 5_000)
                .flatMap(number -> store.find(record.id()), 64)
                .count();
        Mono<Long> refused = Flux.range(0, 500)
                .flatMap(
                        number -> store.insert(Sample.session())
                                .map(inserted -> 0)
                                .onErrorReturn(SessionException.Unavailable.class, 1),
                        8)
                .filter(outcome -> outcome == 1)
                .count();
        assertThat(Mono.zip(found, refused).block(PATIENCE)).isEqualTo(Tuples.of(5_000L, 500L));
    }

    @Test
    void scriptsThatTheServerForgotAreSentAgain() {
        SessionStore store = store();
        for (int round = 0; round < 3; round++) {
            SessionRecord each = Sample.session();
            flushScripts();
            assertThat(result(store.insert(each))).isTrue();
            flushScripts();
            assertThat(result(store.update(Sample.next(each, "{}"), 1))).isTrue();
            flushScripts();
            assertThat(result(store.delete(each.id()))).isTrue();
        }
    }

    @Test
    void noMessageHoldsWhatIsInTheSession() {
        SessionStore store = store();
        redis.with(commands -> commands.configSet("maxmemory", "1"));
        assertThatThrownBy(() -> result(store.insert(record)))
                .hasMessageNotContaining("4111")
                .rootCause()
                .hasMessageNotContaining("4111");
    }

    private void flushScripts() {
        redis.with(commands -> commands.scriptFlush());
    }

    private SessionStore store() {
        return RedisSessionStore.create(connections, SETTINGS);
    }

    private List<Mono<?>> operations(SessionStore store) {
        return List.of(
                store.find(record.id()),
                store.insert(record),
                store.update(Sample.next(record, "{}"), 1),
                store.touch(
                        record.id(),
                        record.lastAccessedAt().plusSeconds(1),
                        record.expiresAt().plusSeconds(1)),
                store.delete(record.id()));
    }

    private static void assertUnavailable(Mono<?> operation, String message) {
        assertThatThrownBy(() -> operation.block(PATIENCE))
                .isInstanceOf(SessionException.Unavailable.class)
                .hasMessageContaining(message);
    }

    private static <T> T result(Mono<T> operation) {
        return operation.block(PATIENCE);
    }
}
