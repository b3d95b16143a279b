package dev.reactivesession.benchmarks.request;

import dev.reactivesession.benchmarks.request.app.Application;
import dev.reactivesession.benchmarks.server.Postgresql;
import dev.reactivesession.benchmarks.server.Redis;
import dev.reactivesession.benchmarks.server.RedisMonitor;
import dev.reactivesession.benchmarks.server.Sockets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One candidate at work: its process, the Redis that is its own, and the load on it. */
final class Server implements AutoCloseable {

    private static final int COUNTED_EACH = 4;

    private static final String PORT = "port ";

    private final Candidate candidate;

    private final Child process;

    private final Child driver;

    private final @Nullable Redis redis;

    private final @Nullable Postgresql postgresql;

    private final int port;

    private Server(
            Candidate candidate, Child process, Child driver, @Nullable Redis redis, @Nullable Postgresql postgresql)
            throws IOException {
        this.candidate = candidate;
        this.process = process;
        this.driver = driver;
        this.redis = redis;
        this.postgresql = postgresql;
        this.port = port(process);
    }

    /** A flight recorder speaks first, and on the same stream. */
    private static int port(Child process) throws IOException {
        String line = process.hear();
        while (!line.startsWith(PORT)) {
            line = process.hear();
        }
        return Integer.parseInt(line.substring(PORT.length()));
    }

    static Server start(
            Candidate candidate, Plan plan, Machine machine, Path logs, Child driver, @Nullable Postgresql shared)
            throws IOException {
        Redis redis = candidate.usesRedis() ? Redis.start() : null;
        Postgresql postgresql = candidate.usesPostgresql() ? shared : null;
        Child process = Child.start(
                candidate.argument(),
                machine.serverProcessors(),
                logs,
                flags(candidate, plan),
                Application.class.getName(),
                candidate.argument(),
                Integer.toString(redis == null ? 0 : redis.port()),
                Integer.toString(postgresql == null ? 0 : postgresql.port()));
        return new Server(candidate, process, driver, redis, postgresql);
    }

    private static List<String> flags(Candidate candidate, Plan plan) {
        List<String> flags = new ArrayList<>(List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmn160m", "-Xmx1200m"));
        if (plan.recordings() != null) {
            flags.addAll(List.of(
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:+DebugNonSafepoints",
                    "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                            + plan.recordings().resolve(candidate.argument() + ".jfr")));
        }
        return flags;
    }

    Candidate candidate() {
        return candidate;
    }

    void seed() throws IOException {
        requireNoFailure(driver.ask("seed " + port));
    }

    void warmUp(Operation operation, Duration length) throws IOException {
        requireNoFailure(load(operation, length));
    }

    Sample measure(Operation operation, Duration length) throws IOException {
        double[] before = numbers(process.ask("usage"));
        double[] result = numbers(load(operation, length));
        double[] after = numbers(process.ask("usage"));
        double requests = result[0];
        return new Sample(
                requests * 1e9 / result[2],
                (after[0] - before[0]) / requests / 1e3,
                (after[1] - before[1]) / requests,
                result[5] / 1e3,
                result[6] / 1e3,
                (int) result[1]);
    }

    /** Counts what crosses the network, apart from the measured stretches, because counting slows the servers down. */
    Cost count(Operation operation) throws IOException {
        long bytes = networkBytes();
        double requests = numbers(times(operation))[0];
        double perRequest = (networkBytes() - bytes) / requests;
        return new Cost(countCommands(operation), perRequest);
    }

    private double countCommands(Operation operation) throws IOException {
        long statements = postgresql == null ? 0 : postgresql.statements();
        try (RedisMonitor monitor = redis == null ? null : redis.monitor()) {
            double requests = numbers(times(operation))[0];
            double commands = monitor == null ? 0 : monitor.count();
            return (commands + (postgresql == null ? 0 : postgresql.statements() - statements)) / requests;
        }
    }

    private long networkBytes() {
        return (redis == null ? 0 : redis.networkBytes())
                + (postgresql == null ? 0 : Sockets.bytesBetween(process.pid(), postgresql.port()));
    }

    String lostUpdates() throws IOException {
        String[] lostAndRefused = driver.ask("lost " + port).split(" ", -1);
        return lostAndRefused[0] + (lostAndRefused[1].equals("0") ? "" : ", refused " + lostAndRefused[1]);
    }

    private String times(Operation operation) throws IOException {
        return driver.ask("times " + port + " " + operation + " " + COUNTED_EACH);
    }

    private String load(Operation operation, Duration length) throws IOException {
        return driver.ask("run " + port + " " + operation + " " + length.toMillis());
    }

    private void requireNoFailure(String result) throws IOException {
        if (numbers(result)[1] > 0) {
            throw new IOException(candidate + " does not answer with 200: " + result);
        }
    }

    private static double[] numbers(String line) {
        return java.util.Arrays.stream(line.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @Override
    public void close() throws IOException {
        process.close();
        if (redis != null) {
            redis.close();
        }
    }
}
