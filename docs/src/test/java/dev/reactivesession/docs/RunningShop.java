package dev.reactivesession.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import redis.embedded.RedisServer;

/** An application that was only text, on a Redis of its own. */
final class RunningShop implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("(?s)package ([a-z.]+);.*?\nclass (\\w+)");

    private final RedisServer redis;

    private final ConfigurableApplicationContext context;

    private RunningShop(RedisServer redis, ConfigurableApplicationContext context) {
        this.redis = redis;
        this.context = context;
    }

    static RunningShop of(String code, Path classes) throws Exception {
        Compilation compilation = Compilation.of(code, classes);
        assertThat(compilation.succeeded()).as(compilation.messages()).isTrue();
        Matcher name = NAME.matcher(code);
        assertThat(name.find()).isTrue();
        RedisServer redis = redis();
        redis.start();
        return new RunningShop(redis, run(name.group(1) + "." + name.group(2), classes, redis));
    }

    /** All back ends are on the class path here, so the store has to be chosen. */
    private static ConfigurableApplicationContext run(String name, Path classes, RedisServer redis) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, before));
        try {
            return SpringApplication.run(
                    thread.getContextClassLoader().loadClass(name),
                    "--reactive-session.store=redis",
                    "--spring.autoconfigure.exclude=" + R2dbcAutoConfiguration.class.getName(),
                    "--spring.data.redis.host=127.0.0.1",
                    "--spring.data.redis.port=" + redis.ports().get(0),
                    "--server.address=127.0.0.1",
                    "--server.port=0");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static RedisServer redis() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return RedisServer.newRedisServer()
                    .port(free.getLocalPort())
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .build();
        }
    }

    String address() {
        return "http://127.0.0.1:"
                + ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    @Override
    public void close() throws IOException {
        context.close();
        redis.stop();
    }
}
