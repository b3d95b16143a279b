package dev.reactivesession.redis;

import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** What the whole run tests against: servers of its own, or the one that {@code REACTIVE_SESSION_TEST_REDIS} names as host:port. */
final class Backend {

    static final String VARIABLE = "REACTIVE_SESSION_TEST_REDIS";

    private Backend() {}

    static LettuceConnectionFactory node() {
        return Nodes.FIRST;
    }

    static LettuceConnectionFactory otherNode() {
        return Nodes.SECOND;
    }

    static LettuceConnectionFactory connect(RedisConfiguration configuration) {
        LettuceConnectionFactory factory = new LettuceConnectionFactory(
                configuration,
                org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration.defaultConfiguration());
        factory.setEagerInitialization(true);
        factory.start();
        return factory;
    }

    static RedisStandaloneConfiguration at(RedisNode node) {
        return new RedisStandaloneConfiguration(node.host(), node.port());
    }

    private static final class Nodes {

        private static final RedisStandaloneConfiguration SERVER = server();

        static final LettuceConnectionFactory FIRST = connect(SERVER);

        static final LettuceConnectionFactory SECOND = connect(SERVER);

        private static RedisStandaloneConfiguration server() {
            String external = System.getenv(VARIABLE);
            if (external == null) {
                return at(RedisNode.start());
            }
            String[] hostAndPort = external.split(":");
            return new RedisStandaloneConfiguration(hostAndPort[0], Integer.parseInt(hostAndPort[1]));
        }
    }
}
