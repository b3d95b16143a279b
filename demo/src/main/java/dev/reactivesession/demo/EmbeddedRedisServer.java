package dev.reactivesession.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import redis.embedded.RedisServer;

/** A real Redis for as long as the demo runs, in place of one that is installed. */
@Configuration(proxyBeanMethods = false)
@Profile("embedded-redis")
class EmbeddedRedisServer {

    @Bean(initMethod = "start", destroyMethod = "stop")
    RedisServer redisServer() throws IOException {
        return RedisServer.newRedisServer()
                .port(freePort())
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
    }

    @Bean
    StoreLine redisLine(RedisServer server) {
        return StoreLine.to(server.ports().get(0));
    }

    @Bean
    EmbeddedAddress redisAddress(RedisServer server) {
        return new EmbeddedAddress(List.of(
                "--spring.data.redis.url=redis://127.0.0.1:" + server.ports().get(0)));
    }

    @Bean
    DataRedisConnectionDetails redisDetails(StoreLine redisLine) {
        return new DataRedisConnectionDetails() {
            @Override
            public Standalone getStandalone() {
                return Standalone.of("127.0.0.1", redisLine.port());
            }
        };
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
