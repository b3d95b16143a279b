package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.tiered.NearCache;
import dev.reactivesession.store.tiered.TieredEvent;
import dev.reactivesession.store.tiered.TieredSessionStore;
import dev.reactivesession.store.tiered.TieredSettings;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/**
 * Nodes with a near cache each, whose copies are good for an hour: only a message makes one see the write of another.
 */
@Timeout(120)
class RedisInvalidationsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final RedisSessionSettings SETTINGS =
            RedisSessionSettings.defaults().withKeyPrefix("near:").withTimeout(Duration.ofSeconds(10));

    private static final String CHANNEL = "near:changes";

    private final Disposable.Composite inUse = Disposables.composite();

    @AfterEach
    void leave() {
        inUse.dispose();
    }

    @Test
    void anotherNodeSeesASaveAtOnce() {
        try (RedisNode redis = RedisNode.start()) {
            assertSaveIsSeen(connect(redis), connect(redis), List.of(redis));
        }
    }

    @Test
    void anotherNodeSeesASaveAtOnceInACluster() {
        try (RedisCluster cluster = RedisCluster.start()) {
            assertSaveIsSeen(connect(cluster), connect(cluster), cluster.nodes());
        }
    }

    @Test
    void anotherNodeSeesADeletionAtOnce() {
        try (RedisNode redis = RedisNode.start()) {
            Node one = new Node(connect(redis));
            Node two = new Node(connect(redis));
            awaitListeners(List.of(redis), 2);
            SessionRecord session = Sample.session();
            result(one.store.insert(session));
            two.awaitCopy(session.id());
            assertThat(result(one.store.delete(session.id()))).isTrue();
            until(() -> result(two.store.find(session.id())) == null);
        }
    }

    @Test
    void whatIsNoIdIsIgnored() {
        try (RedisNode redis = RedisNode.start()) {
            RedisInvalidations invalidations = invalidations(connect(redis));
            SessionId id = Sample.id();
            StepVerifier.create(invalidations.received().take(1))
                    .then(() -> awaitListeners(List.of(redis), 1))
                    .then(() -> publish(redis, "", "garbage", "\u0000\uFFFD", id + "0", "Z".repeat(32), id.toString()))
                    .expectNext(id)
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    @Test
    void aStreamGoesOnAfterARestart() {
        try (RedisNode redis = RedisNode.start()) {
            RedisInvalidations invalidations = invalidations(connect(redis));
            SessionId id = Sample.id();
            StepVerifier.create(invalidations.received().take(1))
                    .then(() -> awaitListeners(List.of(redis), 1))
                    .then(redis::kill)
                    .then(redis::restart)
                    .then(() -> awaitListeners(List.of(redis), 1))
                    .then(() -> publish(redis, id.toString()))
                    .expectNext(id)
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    @Test
    void allWhoListenShareOneConnectionAndTheLastOneClosesIt() {
        try (RedisNode redis = RedisNode.start()) {
            RedisInvalidations invalidations = invalidations(connect(redis));
            Queue<SessionId> heard = new ConcurrentLinkedQueue<>();
            Disposable first = invalidations.received().subscribe(heard::add);
            Disposable second = invalidations.received().subscribe(heard::add);
            awaitListeners(List.of(redis), 1);
            SessionId id = Sample.id();
            result(invalidations.publish(id));
            until(() -> heard.size() == 2);
            assertThat(heard).containsOnly(id);
            assertThat(listeners(List.of(redis))).isEqualTo(1);
            first.dispose();
            second.dispose();
            until(() -> subscribers(redis) == 0);
            inUse.add(invalidations.received().subscribe(heard::add));
            awaitListeners(List.of(redis), 1);
        }
    }

    @Test
    void aServerThatIsGoneIsUnavailable() {
        LettuceConnectionFactory connections;
        try (RedisNode redis = RedisNode.start()) {
            connections = connect(redis);
        }
        RedisInvalidations invalidations =
                RedisInvalidations.create(connections, SETTINGS.withTimeout(Duration.ofMillis(500)));
        assertFails(invalidations, SessionException.Unavailable.class);
    }

    @Test
    void theDocumentedPermissionsAreEnough() {
        try (RedisNode redis = RedisNode.start()) {
            RedisInvalidations invalidations = invalidations(connectAs(redis, "&" + CHANNEL + " +publish +subscribe"));
            SessionId id = Sample.id();
            StepVerifier.create(invalidations.received().take(1))
                    .then(() -> awaitListeners(List.of(redis), 1))
                    .then(() -> result(invalidations.publish(id)))
                    .expectNext(id)
                    .expectComplete()
                    .verify(PATIENCE);
            until(() -> subscribers(redis) == 0);
        }
    }

    @Test
    void aUserWithoutTheChannelIsAMisconfiguration() {
        try (RedisNode redis = RedisNode.start()) {
            assertFails(
                    invalidations(connectAs(redis, "resetchannels &other:* +publish +subscribe")),
                    SessionException.Misconfigured.class);
        }
    }

    private void assertSaveIsSeen(
            LettuceConnectionFactory here, LettuceConnectionFactory there, List<RedisNode> redis) {
        Node one = new Node(here);
        Node two = new Node(there);
        awaitListeners(redis, 2);
        SessionRecord first = Sample.session();
        result(one.store.insert(first));
        two.awaitCopy(first.id());
        SessionRecord second = Sample.next(first, "{\"a\":1}");
        assertThat(result(one.store.update(second, 1))).isTrue();
        until(() -> second.equals(result(two.store.find(first.id()))));
    }

    private static void assertFails(RedisInvalidations invalidations, Class<? extends SessionException> type) {
        StepVerifier.create(invalidations.publish(Sample.id()))
                .expectError(type)
                .verify(PATIENCE);
        StepVerifier.create(invalidations.received()).expectError(type).verify(PATIENCE);
    }

    private static RedisInvalidations invalidations(LettuceConnectionFactory connections) {
        return RedisInvalidations.create(connections, SETTINGS);
    }

    private LettuceConnectionFactory connectAs(RedisNode redis, String permissions) {
        redis.with(commands -> commands.dispatch(
                CommandType.ACL,
                new StatusOutput<>(StringCodec.UTF8),
                new CommandArgs<>(StringCodec.UTF8)
                        .addValues(("SETUSER shop on >secret resetchannels -@all " + permissions).split(" "))));
        RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration(redis.host(), redis.port());
        configuration.setUsername("shop");
        configuration.setPassword("secret");
        return disposedOf(Backend.connect(configuration));
    }

    private LettuceConnectionFactory connect(RedisNode redis) {
        return disposedOf(Backend.connect(redis));
    }

    private LettuceConnectionFactory connect(RedisCluster redis) {
        return disposedOf(Backend.connect(redis));
    }

    private LettuceConnectionFactory disposedOf(LettuceConnectionFactory connections) {
        inUse.add(connections::destroy);
        return connections;
    }

    private static void publish(RedisNode redis, String... messages) {
        redis.with(commands -> List.of(messages).stream()
                .map(message -> commands.publish(CHANNEL, message))
                .toList());
    }

    private static void awaitListeners(List<RedisNode> nodes, long expected) {
        until(() -> listeners(nodes) == expected);
    }

    private static long listeners(List<RedisNode> nodes) {
        return nodes.stream().mapToLong(RedisInvalidationsTest::subscribers).sum();
    }

    private static long subscribers(RedisNode node) {
        return node.with(commands -> commands.pubsubNumsub(CHANNEL).get(CHANNEL));
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
    }

    private static <T> T result(Mono<T> operation) {
        return operation.block(PATIENCE);
    }

    private final class Node {

        private final Queue<TieredEvent> events = new ConcurrentLinkedQueue<>();

        private final TieredSessionStore store;

        Node(LettuceConnectionFactory connections) {
            store = TieredSessionStore.of(
                            NearCache.holding(1 << 20, Duration.ofHours(1)),
                            RedisSessionStore.create(connections, SETTINGS))
                    .settings(TieredSettings.near()
                            .withMaxAge(Duration.ofHours(1))
                            .withCacheTimeout(PATIENCE)
                            .withDurableTimeout(PATIENCE))
                    .events(events::add)
                    .invalidations(invalidations(connections))
                    .build();
            inUse.add(store.followInvalidations().subscribe());
        }

        /** Until a read is answered without Redis. */
        void awaitCopy(SessionId id) {
            until(() -> {
                result(store.find(id));
                return events.contains(new TieredEvent.Hit(id));
            });
        }
    }
}
