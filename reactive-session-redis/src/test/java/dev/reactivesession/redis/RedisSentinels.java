package dev.reactivesession.redis;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;

/** A real master, its replica, and three Sentinels that watch them, on the loopback. */
final class RedisSentinels implements AutoCloseable {

    private static final String NAME = "sessions";

    private static final int SENTINELS = 3;

    private final RedisNode master = RedisNode.start("--repl-diskless-sync-delay", "0");

    private final RedisNode replica = RedisNode.start("--replicaof", master.host(), Integer.toString(master.port()));

    private final List<RedisNode> sentinels =
            IntStream.range(0, SENTINELS).mapToObj(number -> sentinel(master)).toList();

    private RedisSentinels() {}

    static RedisSentinels start() {
        RedisSentinels started = new RedisSentinels();
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(started::areReady);
        return started;
    }

    List<RedisNode> servers() {
        return List.of(master, replica);
    }

    RedisNode master() {
        return master;
    }

    RedisNode replica() {
        return replica;
    }

    /** As an operator does it: the replica takes over from a master that is well. */
    void failOver() {
        sentinels
                .get(0)
                .with(redis -> redis.dispatch(
                        CommandType.SENTINEL,
                        new StatusOutput<>(StringCodec.UTF8),
                        new CommandArgs<>(StringCodec.UTF8).add("FAILOVER").add(NAME)));
    }

    RedisSentinelConfiguration configuration() {
        RedisSentinelConfiguration configuration = new RedisSentinelConfiguration().master(NAME);
        sentinels.forEach(sentinel -> configuration.sentinel(sentinel.host(), sentinel.port()));
        return configuration;
    }

    @Override
    public void close() {
        Stream.concat(sentinels.stream(), Stream.of(replica, master)).forEach(RedisNode::close);
    }

    private boolean areReady() {
        return sentinels.stream().allMatch(this::knowsAll)
                && replica.with(redis -> redis.info("replication")).contains("master_link_status:up");
    }

    private boolean knowsAll(RedisNode sentinel) {
        return sentinel.with(redis -> redis.info("sentinel"))
                .contains("status=ok,address=" + master.host() + ":" + master.port() + ",slaves=1,sentinels="
                        + SENTINELS);
    }

    private static RedisNode sentinel(RedisNode master) {
        return RedisNode.sentinel(List.of(
                "sentinel monitor " + NAME + " " + master.host() + " " + master.port() + " 2",
                "sentinel down-after-milliseconds " + NAME + " 1000",
                "sentinel failover-timeout " + NAME + " 5000"));
    }
}
