package dev.reactivesession.starters;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application of README.md in a JVM of its own. */
final class RunningShop implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("(?:Netty|Tomcat) started on port (\\d+)");

    private static final long PATIENCE_MINUTES = 3;

    private final Process process;

    private final Path log;

    private final HttpClient client = HttpClient.newHttpClient();

    private RunningShop(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static RunningShop start(List<String> classPath, Path home, List<String> settings) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                String.join(System.getProperty("path.separator"), classPath),
                "com.example.shop.Shop",
                "--server.port=0",
                "--server.address=127.0.0.1"));
        settings.forEach(setting -> command.add("--" + setting));
        Path log = home.resolve("start.log");
        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        RunningShop shop = new RunningShop(process, log);
        shop.awaitPort();
        return shop;
    }

    /** The pause is that of a reader of a file that another process writes; the end is a sign, not a time. */
    private void awaitPort() throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        while (!PORT.matcher(log()).find()) {
            if (process.waitFor(200, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new AssertionError(log());
            }
        }
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    HttpResponse<String> post(String path, String cookie) throws IOException, InterruptedException {
        return send(request(path, cookie).POST(HttpRequest.BodyPublishers.noBody()));
    }

    HttpResponse<String> get(String path, String cookie) throws IOException, InterruptedException {
        return send(request(path, cookie));
    }

    private HttpRequest.Builder request(String path, String cookie) throws IOException {
        Matcher port = PORT.matcher(log());
        if (!port.find()) {
            throw new AssertionError(log());
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.group(1) + path));
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(PATIENCE_MINUTES, TimeUnit.MINUTES).join();
    }
}
