package dev.reactivesession.redis.chaos;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One process of the application. */
final class ApplicationProcess implements Victim {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final String name;

    private final List<String> command;

    private final Path log;

    private final URI address;

    private volatile Process process;

    private ApplicationProcess(String name, List<String> command, Path log, URI address) throws IOException {
        this.name = name;
        this.command = command;
        this.log = log;
        this.address = address;
        this.process = begin();
    }

    static ApplicationProcess start(String name, Map<String, ?> settings, Path directory) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ChaosApplication.class.getName(),
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off"));
        settings.forEach((setting, value) -> command.add("--" + setting + "=" + value));
        return new ApplicationProcess(
                name, command, directory.resolve(name + ".log"), URI.create("http://127.0.0.1:" + port));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Process begin() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    URI address() {
        return address;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void restart() throws Exception {
        process = begin();
        awaitReady();
    }

    /** One that did not start, because a server was away, is started again. */
    void awaitReady() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        while (System.nanoTime() < end) {
            if (!process.isAlive()) {
                process = begin();
            }
            try {
                if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                process.waitFor(200, TimeUnit.MILLISECONDS);
            }
        }
        throw new IllegalStateException(name + " did not start within " + PATIENCE + "; its log is " + log);
    }

    @Override
    public void close() {
        kill();
    }
}
