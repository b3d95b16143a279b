package dev.reactivesession.redis;

import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import java.time.Duration;
import java.util.List;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * What the whole run tests against: servers of its own, or the one that {@code REACTIVE_SESSION_TEST_REDIS} names as
 * host:port.
 */
final class Backend {

    static final String VARIABLE = "REACTIVE_SESSION_TEST_REDIS";

    private Backend() {}

    static LettuceConnectionFactory node() {
        return Nodes.FIRST;
    }

    static LettuceConnectionFactory otherNode() {
        return Nodes.SECOND;
    }

    static LettuceConnectionFactory cluster() {
        return Clusters.FIRST;
    }

    static LettuceConnectionFactory otherCluster() {
        return Clusters.SECOND;
    }

    static List<String> clusterAddresses() {
        return Clusters.CLUSTER.addresses();
    }

    static RedisCluster redisCluster() {
        return Clusters.CLUSTER;
    }

    static LettuceConnectionFactory connect(RedisNode node) {
        return connect(new RedisStandaloneConfiguration(node.host(), node.port()));
    }

    static LettuceConnectionFactory connect(RedisCluster cluster) {
        return connect(new RedisClusterConfiguration(cluster.addresses()));
    }

    static LettuceConnectionFactory connect(RedisConfiguration configuration) {
        LettuceConnectionFactory factory = configuration instanceof RedisStandaloneConfiguration oneNode
                ? new LettuceConnectionFactory(oneNode, client())
                : new LettuceConnectionFactory(configuration, client());
        factory.setEagerInitialization(true);
        factory.start();
        return factory;
    }

    private static LettuceClientConfiguration client() {
        return LettuceClientConfiguration.builder()
                .clientOptions(ClusterClientOptions.builder()
                        .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                                .enableAllAdaptiveRefreshTriggers()
                                .adaptiveRefreshTriggersTimeout(Duration.ofMillis(500))
                                .enablePeriodicRefresh(Duration.ofSeconds(2))
                                .build())
                        .build())
                .build();
    }

    private static final class Nodes {

        private static final RedisStandaloneConfiguration SERVER = server();

        static final LettuceConnectionFactory FIRST = connect(SERVER);

        static final LettuceConnectionFactory SECOND = connect(SERVER);

        private static RedisStandaloneConfiguration server() {
            String external = System.getenv(VARIABLE);
            if (external == null) {
                RedisNode node = RedisNode.start();
                return new RedisStandaloneConfiguration(node.host(), node.port());
            }
            String[] hostAndPort = external.split(":");
            return new RedisStandaloneConfiguration(hostAndPort[0], Integer.parseInt(hostAndPort[1]));
        }
    }

    private static final class Clusters {

        private static final RedisCluster CLUSTER = RedisCluster.start();

        static final LettuceConnectionFactory FIRST = connect(CLUSTER);

        static final LettuceConnectionFactory SECOND = connect(CLUSTER);
    }
}
