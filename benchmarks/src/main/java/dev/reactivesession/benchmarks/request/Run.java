package dev.reactivesession.benchmarks.request;

import dev.reactivesession.benchmarks.request.driver.Driver;
import dev.reactivesession.benchmarks.server.Postgresql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The side-by-side run. Every round gives each candidate the same stretch of each kind of request, in an order that
 * alternates, so that what disturbs the machine for a while disturbs all; figures of one round are compared with each
 * other only.
 */
public final class Run {

    private final Plan plan;

    private final Machine machine = Machine.here();

    private final Measurements measured = new Measurements();

    private Run(Plan plan) {
        this.plan = plan;
    }

    /**
     * Measures and prints.
     *
     * @param arguments the options that {@link Plan} knows
     * @throws IOException when a server does not start, or does not answer
     */
    public static void main(String... arguments) throws IOException {
        new Run(Plan.of(arguments)).run();
        System.exit(0);
    }

    private void run() throws IOException {
        long begin = System.nanoTime();
        Path logs = Files.createDirectories(Path.of(System.getProperty("run.directory", "target/run")));
        try (Postgresql postgresql = needsPostgresql() ? Postgresql.start() : null;
                Child driver =
                        Child.start("driver", null, logs, List.of("-Xms256m", "-Xmx512m"), Driver.class.getName())) {
            List<Server> servers = start(logs, driver, postgresql);
            try {
                measure(servers);
            } finally {
                for (Server server : servers) {
                    server.close();
                }
            }
        }
        print((System.nanoTime() - begin) / 1_000_000_000);
    }

    private boolean needsPostgresql() {
        return plan.candidates().stream().anyMatch(candidate -> candidate.usesPostgresql());
    }

    private List<Server> start(Path logs, Child driver, @Nullable Postgresql postgresql) throws IOException {
        List<Server> servers = new ArrayList<>();
        for (Candidate candidate : plan.candidates()) {
            servers.add(Server.start(candidate, plan, machine, logs, driver, postgresql));
        }
        return servers;
    }

    private void measure(List<Server> servers) throws IOException {
        for (Server server : servers) {
            prepare(server);
        }
        for (int round = 1; round <= plan.rounds(); round++) {
            progress("round " + round + " of " + plan.rounds());
            Collections.reverse(servers);
            for (Operation operation : plan.operations()) {
                for (Server server : servers) {
                    if (server.candidate().does(operation)) {
                        measured.add(server.candidate(), operation, server.measure(operation, plan.stretch()));
                    }
                }
            }
        }
    }

    private void prepare(Server server) throws IOException {
        progress("warming up: " + server.candidate().label());
        server.seed();
        List<Operation> operations =
                plan.operations().stream().filter(server.candidate()::does).toList();
        Duration each = plan.warmUp().multipliedBy(plan.operations().size()).dividedBy(operations.size());
        for (Operation operation : operations) {
            server.warmUp(operation, each);
            measured.set(server.candidate(), operation, server.count(operation));
        }
        if (server.candidate().sharesSessions()) {
            measured.set(server.candidate(), server.lostUpdates());
        }
    }

    @SuppressWarnings("SystemOut")
    private void print(long seconds) throws IOException {
        Table table = new Table(plan, measured);
        System.out.println(table.text());
        System.out.println();
        System.out.println(Meaning.of(plan, machine, measured, seconds));
        if (plan.markdown() != null) {
            Files.writeString(plan.markdown(), table.markdown() + "\n");
        }
    }

    @SuppressWarnings("SystemOut")
    private static void progress(String line) {
        System.err.println(line);
    }
}
