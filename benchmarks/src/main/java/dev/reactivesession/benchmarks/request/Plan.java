package dev.reactivesession.benchmarks.request;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How to measure.
 *
 * @param candidates what
 * @param operations which requests
 * @param rounds how often each
 * @param stretch how long each
 * @param warmUp how long each before the first round; a candidate of fewer requests takes as long in all
 * @param markdown where to write the table as well, or null
 * @param recordings where to put a flight recording of each candidate, or null
 */
record Plan(
        List<Candidate> candidates,
        List<Operation> operations,
        int rounds,
        Duration stretch,
        Duration warmUp,
        @Nullable Path markdown,
        @Nullable Path recordings) {

    static Plan of(String... arguments) {
        Plan plan = new Plan(
                List.of(Candidate.values()),
                List.of(Operation.values()),
                3,
                Duration.ofSeconds(1),
                Duration.ofSeconds(6),
                null,
                null);
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            plan = plan.with(parts[0], parts.length == 1 ? "" : parts[1]);
        }
        return plan;
    }

    private Plan with(String option, String value) {
        return switch (option) {
            case "--quick" ->
                new Plan(
                        candidates,
                        operations,
                        1,
                        Duration.ofMillis(500),
                        Duration.ofMillis(500),
                        markdown,
                        recordings);
            case "--candidates" -> new Plan(named(value), operations, rounds, stretch, warmUp, markdown, recordings);
            case "--operations" ->
                new Plan(candidates, withFloor(value), rounds, stretch, warmUp, markdown, recordings);
            case "--rounds" ->
                new Plan(candidates, operations, Integer.parseInt(value), stretch, warmUp, markdown, recordings);
            case "--seconds" -> new Plan(candidates, operations, rounds, seconds(value), warmUp, markdown, recordings);
            case "--warm-up" -> new Plan(candidates, operations, rounds, stretch, seconds(value), markdown, recordings);
            case "--markdown" -> new Plan(candidates, operations, rounds, stretch, warmUp, Path.of(value), recordings);
            case "--record" -> new Plan(candidates, operations, rounds, stretch, warmUp, markdown, Path.of(value));
            default ->
                throw new IllegalArgumentException(option + " is no option: --quick, --candidates=a,b, "
                        + "--operations=read,write, --rounds=3, --seconds=1, --warm-up=2, --markdown=file, "
                        + "--record=directory");
        };
    }

    /** Untouched is part of every run, because it is all that the floor does. */
    private static List<Operation> withFloor(String value) {
        Stream<Operation> chosen =
                Arrays.stream(value.split(",", -1)).map(name -> Operation.valueOf(name.toUpperCase(Locale.ROOT)));
        return Stream.concat(Stream.of(Operation.UNTOUCHED), chosen).distinct().toList();
    }

    /** The floor is part of every run, because everything is compared with it. */
    private static List<Candidate> named(String value) {
        List<Candidate> chosen =
                Arrays.stream(value.split(",", -1)).map(Candidate::named).toList();
        List<Candidate> floors =
                new ArrayList<>(chosen.stream().map(Candidate::floor).distinct().toList());
        return Stream.concat(floors.stream(), chosen.stream()).distinct().toList();
    }

    private static Duration seconds(String value) {
        return Duration.ofMillis((long) (Double.parseDouble(value) * 1_000));
    }
}
