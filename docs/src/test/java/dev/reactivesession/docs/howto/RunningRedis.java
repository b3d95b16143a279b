package dev.reactivesession.docs.howto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import redis.embedded.RedisServer;

/** A Redis for one test. */
record RunningRedis(RedisServer server) implements AutoCloseable {

    static RunningRedis start() {
        try {
            RedisServer server = RedisServer.newRedisServer()
                    .port(freePort())
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .build();
            server.start();
            return new RunningRedis(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** How an application finds it. */
    String setting() {
        return "spring.data.redis.url=redis://127.0.0.1:" + server.ports().get(0);
    }

    @Override
    public void close() throws IOException {
        server.stop();
    }
}
