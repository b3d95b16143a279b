package dev.reactivesession.benchmarks.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** A Redis of its own on a free port of the loopback, without persistence. */
public final class Redis implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 5_000;

    private final Process process;

    private final Path directory;

    private final int port;

    private Redis(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    /**
     * Starts one.
     *
     * @return the server, ready
     */
    public static Redis start() {
        try {
            Path directory = Files.createTempDirectory("reactive-session-redis");
            int port = freePort();
            Process process = new ProcessBuilder(command(port, directory))
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            Redis redis = new Redis(process, directory, port);
            Runtime.getRuntime().addShutdownHook(new Thread(redis::close));
            redis.awaitReady();
            return redis;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(int port, Path directory) throws IOException {
        return List.of(
                executable().getAbsolutePath(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dir",
                directory.toString(),
                "--save",
                "");
    }

    private static File executable() throws IOException {
        return System.getenv(ExecutableProvider.ENVIRONMENT_EXECUTABLE_LOCATION) == null
                ? ExecutableProvider.newJarResourceProvider().get()
                : ExecutableProvider.newEnvironmentVariableProvider().get();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException {
        long end = System.nanoTime() + TIMEOUT_MILLIS * 1_000_000L;
        while (!isReady()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new IOException("Redis did not start: " + Files.readString(directory.resolve("log")));
            }
            Thread.onSpinWait();
        }
    }

    private boolean isReady() {
        try {
            return !info("server").isEmpty();
        } catch (IOException notYet) {
            return false;
        }
    }

    /**
     * The port.
     *
     * @return where it listens
     */
    public int port() {
        return port;
    }

    /**
     * What went over its connections so far.
     *
     * @return bytes in and out
     */
    public long networkBytes() {
        Map<String, String> stats = readInfo("stats");
        return number(stats, "total_net_input_bytes") + number(stats, "total_net_output_bytes");
    }

    /**
     * Listens to the commands that clients send from now on. Slows the server down.
     *
     * @return what counts them, to be closed
     */
    public RedisMonitor monitor() {
        return RedisMonitor.of(port);
    }

    /**
     * Bytes that all keys take.
     *
     * @return as Redis counts them
     */
    public long usedMemory() {
        return number(readInfo("memory"), "used_memory");
    }

    private static long number(Map<String, String> info, String name) {
        return Long.parseLong(info.getOrDefault(name, "0"));
    }

    private Map<String, String> readInfo(String section) {
        try {
            return info(section);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> info(String section) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(("INFO " + section + "\r\n").getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            int length = Integer.parseInt(in.readLine().substring(1));
            char[] text = new char[length];
            for (int at = 0; at < length; ) {
                at += in.read(text, at, length - at);
            }
            return new String(text)
                    .lines()
                    .filter(line -> line.contains(":"))
                    .collect(Collectors.toMap(
                            line -> line.substring(0, line.indexOf(':')),
                            line -> line.substring(line.indexOf(':') + 1),
                            (one, other) -> one));
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException alreadyGone) {
            directory.toFile().deleteOnExit();
        }
    }
}
