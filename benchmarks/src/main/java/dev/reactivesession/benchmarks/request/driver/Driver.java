package dev.reactivesession.benchmarks.request.driver;

import dev.reactivesession.benchmarks.request.Operation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The load as a process. Takes one command a line on standard input, answers with one line, and ends when that input
 * does. Connections and their cookies are kept from one command to the next.
 */
public final class Driver {

    private static final int CONNECTIONS = 32;

    private static final int COUNTERS = 8;

    private static final int INCREMENTS = 200;

    private static final Duration BOUND = Duration.ofSeconds(60);

    private final Map<Integer, Load> loads = new HashMap<>();

    private Driver() {}

    /**
     * Takes commands.
     *
     * @param arguments none
     * @throws IOException when a server does not answer in time, or not with 200
     */
    public static void main(String... arguments) throws IOException {
        Driver driver = new Driver();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            say(driver.answer(command.split(" ", -1)));
        }
        System.exit(0);
    }

    @SuppressWarnings("SystemOut") // the protocol with whoever started this
    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private String answer(String... command) throws IOException {
        int port = Integer.parseInt(command[1]);
        return switch (command[0]) {
            case "seed" -> seed(port);
            case "run" -> run(port, Operation.valueOf(command[2]), Duration.ofMillis(Long.parseLong(command[3])));
            case "times" -> times(port, Operation.valueOf(command[2]), Integer.parseInt(command[3]));
            case "lost" -> lost(port);
            default -> throw new IllegalArgumentException("unknown command " + command[0]);
        };
    }

    private String seed(int port) throws IOException {
        return load(port).times("/seed", 1, true).toString();
    }

    private String run(int port, Operation operation, Duration length) throws IOException {
        return load(port)
                .during(operation.path(), length, operation != Operation.CREATE)
                .toString();
    }

    private String times(int port, Operation operation, int each) throws IOException {
        return load(port)
                .times(operation.path(), each, operation != Operation.CREATE)
                .toString();
    }

    /**
     * How many of the increments that several clients make at once, in one session, were answered with 200 and are
     * missing, and how many were refused.
     */
    private static String lost(int port) throws IOException {
        try (Load one = new Load(port, 1, BOUND)) {
            one.times("/seed", 1, true);
            try (Load many = new Load(port, COUNTERS, BOUND, one.cookie())) {
                Result all = many.times("/increment", INCREMENTS, true);
                one.times("/count", 1, true);
                return all.requests() - all.failures() - Integer.parseInt(one.lastBody()) + " " + all.failures();
            }
        }
    }

    private Load load(int port) throws IOException {
        Load known = loads.get(port);
        if (known != null) {
            return known;
        }
        Load load = new Load(port, CONNECTIONS, BOUND);
        loads.put(port, load);
        return load;
    }
}
