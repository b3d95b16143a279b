package dev.reactivesession.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** A real Redis of its own on the loopback, which a test may freeze, thaw and kill. */
final class RedisNode implements AutoCloseable {

    private static final File EXECUTABLE = executable();

    private final int port;

    private final List<String> command;

    private final Path directory;

    private final String ready;

    private Process process;

    private RedisNode(int port, List<String> command, Path directory, String ready) {
        this.port = port;
        this.command = command;
        this.directory = directory;
        this.ready = ready;
        this.process = begin();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly()));
    }

    static RedisNode start(String... options) {
        return startOn(freePort(), options);
    }

    static RedisNode startOn(int port, String... options) {
        Path directory = directory();
        List<String> command = new ArrayList<>(List.of(EXECUTABLE.getAbsolutePath(), "--save", ""));
        command.addAll(listening(port, directory));
        command.addAll(List.of(options));
        return new RedisNode(port, command, directory, "Ready to accept connections");
    }

    /** One that watches others. */
    static RedisNode sentinel(List<String> configuration) {
        try {
            int port = freePort();
            Path directory = directory();
            Path file = Files.write(directory.resolve("sentinel.conf"), configuration);
            List<String> command =
                    new ArrayList<>(List.of(EXECUTABLE.getAbsolutePath(), file.toString(), "--sentinel"));
            command.addAll(listening(port, directory));
            return new RedisNode(port, command, directory, "Sentinel ID is");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Below 32768, so that nothing else is given it, nor the bus port of a Cluster 10000 above. */
    static int freePort() {
        for (int tries = 0; tries < 100; tries++) {
            int port = 20_000 + (int) (Math.random() * 12_000);
            if (isFree(port) && isFree(port + 10_000)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port");
    }

    String host() {
        return "127.0.0.1";
    }

    int port() {
        return port;
    }

    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    void kill() {
        process.destroyForcibly();
        onExit();
    }

    /** The same server again, empty unless it persists. */
    void restart() {
        process = begin();
    }

    <T> T with(Function<RedisCommands<String, String>, T> commands) {
        RedisClient client = RedisClient.create(RedisURI.create(host(), port));
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return commands.apply(connection.sync());
        } finally {
            client.shutdown(java.time.Duration.ZERO, java.time.Duration.ofSeconds(1));
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(java.util.Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("reactive-session-redis");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> listening(int port, Path directory) {
        return List.of("--bind", "127.0.0.1", "--port", Integer.toString(port), "--dir", directory.toString());
    }

    private Process begin() {
        try {
            Process started =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            awaitReady(started);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady(Process started) throws IOException {
        BufferedReader output = new BufferedReader(new InputStreamReader(started.getInputStream(), UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (line.contains(ready)) {
                Thread drain = new Thread(() -> output.lines().forEach(more -> {}), "redis-output");
                drain.setDaemon(true);
                drain.start();
                return;
            }
        }
        throw new IllegalStateException("Redis did not start: " + said);
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + name + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void onExit() {
        process.onExit().join();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static File executable() {
        try {
            return System.getenv(ExecutableProvider.ENVIRONMENT_EXECUTABLE_LOCATION) == null
                    ? ExecutableProvider.newJarResourceProvider().get()
                    : ExecutableProvider.newEnvironmentVariableProvider().get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
