package dev.reactivesession.redis.chaos;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import redis.embedded.core.ExecutableProvider;

/** A Redis that keeps every acknowledged write, or one that is a cache and comes back with an older snapshot. */
final class RedisServer implements Victim {

    private static final int TRIES = 600;

    private final Path directory;

    private final int port;

    private final List<String> command;

    private volatile Process process;

    private RedisServer(Path directory, int port, List<String> options) throws Exception {
        this.directory = directory;
        this.port = port;
        this.command = new ArrayList<>(List.of(executable(), "--bind", "127.0.0.1", "--port", Integer.toString(port)));
        command.addAll(List.of("--dir", directory.toString(), "--save", ""));
        command.addAll(options);
        this.process = begin();
    }

    static RedisServer durable(Path directory) throws Exception {
        return in(directory, List.of("--appendonly", "yes", "--appendfsync", "always"));
    }

    static RedisServer cache(Path directory) throws Exception {
        return in(directory, List.of());
    }

    private static RedisServer in(Path directory, List<String> options) throws Exception {
        return new RedisServer(
                Files.createDirectories(directory.resolve("redis")), ApplicationProcess.freePort(), options);
    }

    private static String executable() throws IOException {
        File found = System.getenv(ExecutableProvider.ENVIRONMENT_EXECUTABLE_LOCATION) == null
                ? ExecutableProvider.newJarResourceProvider().get()
                : ExecutableProvider.newEnvironmentVariableProvider().get();
        return found.getAbsolutePath();
    }

    private Process begin() throws Exception {
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("redis.log").toFile()))
                .start();
        process = started;
        awaitReady();
        return started;
    }

    private void awaitReady() throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                with(RedisCommands::ping);
                return;
            } catch (RuntimeException notYet) {
                if (attempt == TRIES || !process.isAlive()) {
                    throw notYet;
                }
                process.waitFor(100, TimeUnit.MILLISECONDS);
            }
        }
    }

    Map<String, Object> settings() {
        return Map.of("spring.data.redis.host", "127.0.0.1", "spring.data.redis.port", port);
    }

    @Override
    public String name() {
        return "Redis";
    }

    @Override
    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void restart() throws Exception {
        process = begin();
    }

    /** Keeps the content of this moment. */
    void takeSnapshot() throws IOException {
        with(RedisCommands::save);
        Files.copy(dump(), snapshot(), StandardCopyOption.REPLACE_EXISTING);
        Files.delete(dump());
    }

    /** Kills it and starts it with the content of an earlier moment. */
    void restartWithSnapshot() throws Exception {
        kill();
        Files.copy(snapshot(), dump(), StandardCopyOption.REPLACE_EXISTING);
        restart();
        Files.delete(dump());
    }

    private Path dump() {
        return directory.resolve("dump.rdb");
    }

    private Path snapshot() {
        return directory.resolve("snapshot.rdb");
    }

    String figures() {
        String settings = with(redis -> redis.configGet("append*")).toString();
        return "Redis: " + with(RedisCommands::dbsize) + " keys, " + settings;
    }

    private <T> T with(Function<RedisCommands<String, String>, T> commands) {
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", port));
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return commands.apply(connection.sync());
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    @Override
    public void close() {
        kill();
    }
}
