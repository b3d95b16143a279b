package dev.reactivesession.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reactivesession.SessionException;
import io.lettuce.core.MigrateArgs;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.Disposable;

/** A Cluster that changes its shape while it is in use. */
@Timeout(120)
class ClusterChangeTest {

    @Test
    void slotsThatMoveUnderLoadAreNoErrorToAnybody() {
        try (RedisCluster cluster = RedisCluster.start()) {
            LettuceConnectionFactory connections = connect(cluster);
            RedisSessionSettings settings = RedisSessionSettings.defaults().withTimeout(Duration.ofSeconds(10));
            Load load = new Load(IndexedRedisSessionStore.create(connections, settings));
            Disposable running = load.start();
            await().atMost(Load.PATIENCE).until(() -> load.saves() > 200);
            move(cluster, slotsInUse(load, settings));
            long after = load.saves();
            await().atMost(Load.PATIENCE).until(() -> load.saves() > after + 200);
            running.dispose();
            assertThat(load.errors).isEmpty();
            load.assertAllThere();
            connections.destroy();
        }
    }

    @Test
    void aMasterThatDiesUnderLoadIsReplacedAndNothingHangs() {
        try (RedisCluster cluster = RedisCluster.start()) {
            LettuceConnectionFactory connections = connect(cluster);
            Duration timeout = Duration.ofSeconds(1);
            Load load = new Load(RedisSessionStore.create(
                    connections, RedisSessionSettings.defaults().withTimeout(timeout)));
            Disposable running = load.start();
            await().atMost(Load.PATIENCE).until(() -> load.saves() > 200);
            cluster.master(0).kill();
            long killed = System.nanoTime();
            await().atMost(Load.PATIENCE).until(() -> load.everybodySavedSince(killed));
            running.dispose();
            assertThat(load.errors).allMatch(SessionException.Unavailable.class::isInstance);
            assertThat(load.slowest).isLessThan(timeout.plusSeconds(5));
            load.assertKeptBy(cluster.nodes().subList(1, cluster.nodes().size()));
            connections.destroy();
        }
    }

    /** As a user who may do no more than the README says. */
    private static LettuceConnectionFactory connect(RedisCluster cluster) {
        String commands = String.join(" ", AclUser.COMMANDS, AclUser.INDEX_COMMANDS, AclUser.CLUSTER_COMMANDS);
        return Backend.connect(
                AclUser.may(commands, cluster.nodes(), new RedisClusterConfiguration(cluster.addresses())));
    }

    private static Stream<Integer> slotsInUse(Load load, RedisSessionSettings settings) {
        RedisKeys keys = RedisKeys.of(settings);
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
}
