package dev.reactivesession.redis;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** A real Cluster on the loopback: three masters, and a replica of each. */
final class RedisCluster implements AutoCloseable {

    static final int SLOTS = 16_384;

    private static final int MASTERS = 3;

    private final List<RedisNode> nodes = new ArrayList<>();

    static RedisCluster start(String... options) {
        RedisCluster cluster = new RedisCluster();
        IntStream.range(0, 2 * MASTERS).forEach(number -> cluster.nodes.add(node(options)));
        cluster.form();
        return cluster;
    }

    /** The first three are masters to begin with; the replica of each comes three places later. */
    List<RedisNode> nodes() {
        return nodes;
    }

    RedisNode master(int number) {
        return nodes.get(number);
    }

    List<String> addresses() {
        return nodes.stream().map(node -> node.host() + ":" + node.port()).toList();
    }

    int masterOfSlot(int slot) {
        return slot * MASTERS / SLOTS;
    }

    static String id(RedisNode node) {
        return node.with(RedisCommands::clusterMyId);
    }

    @Override
    public void close() {
        nodes.forEach(RedisNode::close);
    }

    private static RedisNode node(String... options) {
        List<String> all = new ArrayList<>(List.of(
                "--cluster-enabled", "yes",
                "--cluster-node-timeout", "1000",
                "--cluster-require-full-coverage", "no",
                "--repl-diskless-sync", "yes",
                "--repl-diskless-sync-delay", "0"));
        all.addAll(List.of(options));
        return RedisNode.start(all.toArray(String[]::new));
    }

    private void form() {
        RedisNode first = nodes.get(0);
        for (int number = 0; number < nodes.size(); number++) {
            join(number, first);
        }
        nodes.forEach(node -> until(() -> lines(node) == nodes.size()));
        for (int master = 0; master < MASTERS; master++) {
            String id = id(nodes.get(master));
            RedisNode replica = nodes.get(master + MASTERS);
            until(() -> replica.with(redis -> redis.clusterReplicate(id)).equals("OK"));
        }
        nodes.forEach(node -> until(() -> isReady(node)));
    }

    private void join(int number, RedisNode first) {
        nodes.get(number).with(redis -> {
            redis.clusterSetConfigEpoch(number + 1);
            if (number < MASTERS) {
                redis.clusterAddSlots(IntStream.range(0, SLOTS)
                        .filter(slot -> masterOfSlot(slot) == number)
                        .toArray());
            }
            return redis.clusterMeet(first.host(), first.port());
        });
    }

    private static long lines(RedisNode node) {
        return node.with(redis -> redis.clusterNodes().lines().count());
    }

    private boolean isReady(RedisNode node) {
        String state = node.with(redis -> redis.clusterInfo());
        String known = node.with(redis -> redis.clusterNodes());
        boolean linked = !node.with(redis -> redis.info("replication")).contains("master_link_status:down");
        return state.contains("cluster_state:ok")
                && known.lines().filter(line -> line.contains("slave")).count() == MASTERS
                && linked;
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(condition);
    }
}
