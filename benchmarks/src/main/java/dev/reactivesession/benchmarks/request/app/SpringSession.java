package dev.reactivesession.benchmarks.request.app;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.session.data.redis.config.annotation.web.server.EnableRedisIndexedWebSession;
import org.springframework.session.data.redis.config.annotation.web.server.EnableRedisWebSession;

/** Spring Session as its documentation sets it up. */
final class SpringSession {

    private SpringSession() {}

    /** The default repository. */
    @Configuration(proxyBeanMethods = false)
    @EnableRedisWebSession
    static class Plain {

        @Bean
        LettuceConnectionFactory redis(Places places) {
            return new LettuceConnectionFactory("127.0.0.1", places.redis());
        }
    }

    /** The repository with an index over users. */
    @Configuration(proxyBeanMethods = false)
    @EnableRedisIndexedWebSession
    static class Indexed {

        @Bean
        LettuceConnectionFactory redis(Places places) {
            return new LettuceConnectionFactory("127.0.0.1", places.redis());
        }
    }
}
