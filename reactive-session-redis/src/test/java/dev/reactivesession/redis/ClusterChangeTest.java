package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import io.lettuce.core.MigrateArgs;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A Cluster that changes its shape while it is in use. */
@Timeout(120)
class ClusterChangeTest {

    private static final int USERS = 32;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void slotsThatMoveUnderLoadAreNoErrorToAnybody() {
        try (RedisCluster cluster = RedisCluster.start()) {
            LettuceConnectionFactory connections = Backend.connect(cluster);
            RedisSessionSettings settings = RedisSessionSettings.defaults().withTimeout(Duration.ofSeconds(10));
            Load load = new Load(IndexedRedisSessionStore.create(connections, settings));
            Disposable running = load.start();
            await().atMost(PATIENCE).until(() -> load.saves() > 200);
            move(cluster, slotsInUse(load, settings));
            long after = load.saves();
            await().atMost(PATIENCE).until(() -> load.saves() > after + 200);
            running.dispose();
            assertThat(load.errors).isEmpty();
            load.assertAllThere();
            connections.destroy();
        }
    }

    @Test
    void aMasterThatDiesUnderLoadIsReplacedAndNothingHangs() {
        try (RedisCluster cluster = RedisCluster.start()) {
            LettuceConnectionFactory connections = Backend.connect(cluster);
            Duration timeout = Duration.ofSeconds(1);
            Load load = new Load(RedisSessionStore.create(
                    connections, RedisSessionSettings.defaults().withTimeout(timeout)));
            Disposable running = load.start();
            await().atMost(PATIENCE).until(() -> load.saves() > 200);
            cluster.master(0).kill();
            long killed = System.nanoTime();
            await().atMost(PATIENCE).until(() -> load.everybodySavedSince(killed));
            running.dispose();
            assertThat(load.errors).allMatch(SessionException.Unavailable.class::isInstance);
            assertThat(load.slowest).isLessThan(timeout.plusSeconds(5));
            load.assertKeptByRedis(cluster);
            connections.destroy();
        }
    }

    private static Stream<Integer> slotsInUse(Load load, RedisSessionSettings settings) {
        Keys keys = Keys.of(settings);
        Stream<Integer> ofSessions =
                load.acknowledged.keySet().stream().limit(20).map(keys::session).map(SlotHash::getSlot);
        Stream<Integer> ofIndex =
                IntStream.range(0, settings.indexShards()).mapToObj(keys::due).map(SlotHash::getSlot);
        return Stream.concat(ofSessions, ofIndex).distinct();
    }

    private static void move(RedisCluster cluster, Stream<Integer> slots) {
        List<String> ids = IntStream.range(0, 3)
                .mapToObj(master -> RedisCluster.id(cluster.master(master)))
                .toList();
        slots.forEach(slot -> {
            int from = cluster.masterOfSlot(slot);
            int to = (from + 1) % 3;
            move(cluster, ids, slot, from, to);
        });
    }

    private static void move(RedisCluster cluster, List<String> ids, int slot, int from, int to) {
        RedisNode source = cluster.master(from);
        RedisNode target = cluster.master(to);
        target.with(redis -> redis.clusterSetSlotImporting(slot, ids.get(from)));
        source.with(redis -> redis.clusterSetSlotMigrating(slot, ids.get(to)));
        source.with(redis -> {
            List<String> keys = redis.clusterGetKeysInSlot(slot, 100);
            while (!keys.isEmpty()) {
                redis.migrate(target.host(), target.port(), 0, 5000, MigrateArgs.Builder.keys(keys));
                keys = redis.clusterGetKeysInSlot(slot, 100);
            }
            return keys;
        });
        target.with(redis -> redis.clusterSetSlotNode(slot, ids.get(to)));
        source.with(redis -> redis.clusterSetSlotNode(slot, ids.get(to)));
    }

    /** Users who create a session each, and then save it for ever. */
    private static final class Load {

        final Map<SessionId, SessionRecord> acknowledged = new ConcurrentHashMap<>();

        final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

        private final Map<Integer, Long> savedAt = new ConcurrentHashMap<>();

        private final SessionStore store;

        private final AtomicLong saves = new AtomicLong();

        volatile Duration slowest = Duration.ZERO;

        Load(SessionStore store) {
            this.store = store;
        }

        Disposable start() {
            return Flux.range(0, USERS)
                    .flatMap(this::user, USERS)
                    .subscribeOn(Schedulers.parallel())
                    .subscribe(saved -> {}, errors::add);
        }

        long saves() {
            return saves.get();
        }

        boolean everybodySavedSince(long nanos) {
            return savedAt.size() == USERS && savedAt.values().stream().allMatch(saved -> saved > nanos);
        }

        void assertAllThere() {
            acknowledged.values().forEach(record -> {
                SessionRecord found = store.find(record.id()).block(PATIENCE);
                assertThat(found).isNotNull();
                assertThat(found.version()).isGreaterThanOrEqualTo(record.version());
            });
        }

        void assertKeptByRedis(RedisCluster cluster) {
            List<String> kept = cluster.nodes().stream()
                    .skip(1)
                    .flatMap(node -> node.with(redis -> redis.keys("*")).stream())
                    .toList();
            Map<SessionId, SessionRecord> found = Flux.fromIterable(acknowledged.keySet())
                    .flatMap(store::find)
                    .collect(Collectors.toMap(SessionRecord::id, record -> record))
                    .block(PATIENCE);
            assertThat(acknowledged.keySet().stream().filter(id -> kept.contains("reactive-session:session:" + id)))
                    .isNotEmpty()
                    .allMatch(found::containsKey);
        }

        private Flux<Boolean> user(int user) {
            SessionRecord first = Sample.session("user" + user, "{}");
            return timed(store.insert(first))
                    .doOnNext(inserted -> acknowledged.put(first.id(), first))
                    .thenMany(Flux.defer(() -> turn(user, first.id())).repeat());
        }

        private Mono<Boolean> turn(int user, SessionId id) {
            return timed(store.find(id))
                    .switchIfEmpty(Mono.defer(() -> again(id)))
                    .flatMap(found -> save(user, Sample.next(found, "{\"user\":" + user + "}")))
                    .onErrorResume(error -> {
                        errors.add(error);
                        return Mono.just(false).delayElement(Duration.ofMillis(50));
                    });
        }

        /** What an asynchronous replica had not heard of is lost with its master: the user begins again. */
        private Mono<SessionRecord> again(SessionId id) {
            SessionRecord lost = acknowledged.get(id);
            return timed(store.insert(lost)).thenReturn(lost);
        }

        private Mono<Boolean> save(int user, SessionRecord next) {
            return timed(store.update(next, next.version() - 1)).doOnNext(saved -> {
                if (saved) {
                    acknowledged.put(next.id(), next);
                    savedAt.put(user, System.nanoTime());
                    saves.incrementAndGet();
                }
            });
        }

        private <T> Mono<T> timed(Mono<T> operation) {
            return operation
                    .elapsed()
                    .doOnNext(result -> slowest = max(slowest, Duration.ofMillis(result.getT1())))
                    .map(result -> result.getT2());
        }

        private static Duration max(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? other : one;
        }
    }
}
