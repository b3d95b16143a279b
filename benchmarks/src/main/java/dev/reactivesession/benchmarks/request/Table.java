package dev.reactivesession.benchmarks.request;

import static dev.reactivesession.benchmarks.request.Operation.CREATE;
import static dev.reactivesession.benchmarks.request.Operation.UNTOUCHED;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The one table: a line for each candidate and kind of request. */
final class Table {

    private static final List<String> HEADINGS = List.of(
            "request",
            "candidate",
            "req/s",
            "+-%",
            "x floor",
            "x Spring",
            "cpu us",
            "+floor",
            "alloc KB",
            "+floor",
            "p50 us",
            "p99 us",
            "commands",
            "net B",
            "lost");

    private static final double KILO = 1_000;

    private final Plan plan;

    private final Measurements measured;

    Table(Plan plan, Measurements measured) {
        this.plan = plan;
        this.measured = measured;
    }

    String text() {
        List<List<String>> lines = lines();
        int[] widths = IntStream.range(0, HEADINGS.size())
                .map(column -> lines.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return lines.stream().map(line -> padded(line, widths)).collect(Collectors.joining("\n"));
    }

    private static String padded(List<String> line, int... widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> String.format(
                        Locale.ROOT, (column < 2 ? "%-" : "%") + Math.max(1, widths[column]) + "s", line.get(column)))
                .collect(Collectors.joining("  "));
    }

    String markdown() {
        List<List<String>> lines = lines();
        String rule = "|---|---|" + "---:|".repeat(HEADINGS.size() - 2);
        return lines.stream()
                        .limit(1)
                        .map(line -> "| " + String.join(" | ", line) + " |")
                        .collect(Collectors.joining())
                + "\n" + rule + "\n"
                + lines.stream()
                        .skip(1)
                        .map(line -> "| " + String.join(" | ", line) + " |")
                        .collect(Collectors.joining("\n"));
    }

    private List<List<String>> lines() {
        List<List<String>> lines = new ArrayList<>(List.of(HEADINGS));
        for (Operation operation : plan.operations()) {
            for (Candidate candidate : plan.candidates()) {
                if (measured.has(candidate, operation)) {
                    lines.add(line(candidate, operation));
                }
            }
        }
        return lines;
    }

    private List<String> line(Candidate candidate, Operation operation) {
        Cost cost = measured.cost(candidate, operation);
        int failures = measured.failures(candidate, operation);
        return List.of(
                operation.name().toLowerCase(Locale.ROOT),
                candidate.label() + (failures == 0 ? "" : " (" + failures + " FAILED)"),
                format("%,.0f", measured.median(candidate, operation, Sample::requestsPerSecond)),
                format("%.0f", 100 * measured.spread(candidate, operation)),
                format("%.2f", toFloor(candidate, operation)),
                measured.has(Candidate.SPRING_REDIS, operation) && candidate.floor() == Candidate.FLOOR
                        ? format("%.2f", measured.ratio(candidate, operation, Candidate.SPRING_REDIS, operation))
                        : "",
                format("%.1f", measured.median(candidate, operation, Sample::cpuMicros)),
                format("%+.1f", measured.above(candidate, operation, candidate.floor(), UNTOUCHED, Sample::cpuMicros)),
                format("%.2f", measured.median(candidate, operation, Sample::allocatedBytes) / KILO),
                format("%+.2f", aboveFloor(candidate, operation) / KILO),
                format("%.0f", measured.median(candidate, operation, Sample::median)),
                format("%.0f", measured.median(candidate, operation, Sample::slow)),
                format("%.2f", cost.commands()),
                format("%.0f", cost.bytes()),
                lost(candidate, operation));
    }

    private double toFloor(Candidate candidate, Operation operation) {
        return measured.ratio(candidate, operation, candidate.floor(), UNTOUCHED);
    }

    private double aboveFloor(Candidate candidate, Operation operation) {
        return measured.above(candidate, operation, candidate.floor(), UNTOUCHED, Sample::allocatedBytes);
    }

    private String lost(Candidate candidate, Operation operation) {
        @Nullable String lost = operation == CREATE ? null : measured.lostUpdates(candidate);
        return lost == null || operation != Operation.WRITE ? "" : lost;
    }

    private static String format(String pattern, double number) {
        return String.format(Locale.ROOT, pattern, number);
    }
}
