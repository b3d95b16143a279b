package dev.reactivesession.benchmarks.request;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Everything that was measured, round by round. */
final class Measurements {

    private final Map<Line, List<Sample>> samples = new HashMap<>();

    private final Map<Line, Cost> costs = new HashMap<>();

    private final Map<Candidate, String> lostUpdates = new HashMap<>();

    void add(Candidate candidate, Operation operation, Sample sample) {
        samples.computeIfAbsent(new Line(candidate, operation), absent -> new ArrayList<>())
                .add(sample);
    }

    void set(Candidate candidate, Operation operation, Cost cost) {
        costs.put(new Line(candidate, operation), cost);
    }

    void set(Candidate candidate, String lost) {
        lostUpdates.put(candidate, lost);
    }

    boolean has(Candidate candidate, Operation operation) {
        return samples.containsKey(new Line(candidate, operation));
    }

    Cost cost(Candidate candidate, Operation operation) {
        return costs.getOrDefault(new Line(candidate, operation), Cost.NONE);
    }

    @Nullable
    String lostUpdates(Candidate candidate) {
        return lostUpdates.get(candidate);
    }

    double median(Candidate candidate, Operation operation, ToDoubleFunction<Sample> what) {
        return median(of(candidate, operation).stream().mapToDouble(what).toArray());
    }

    /** Half of the distance between the slowest and the fastest round, in parts of the median. */
    double spread(Candidate candidate, Operation operation) {
        double[] rates = of(candidate, operation).stream()
                .mapToDouble(Sample::requestsPerSecond)
                .sorted()
                .toArray();
        return (rates[rates.length - 1] - rates[0]) / 2 / median(rates);
    }

    /** The median of what each round says by itself, because rounds differ more than what is measured within one. */
    double ratio(Candidate candidate, Operation operation, Candidate other, Operation otherOperation) {
        List<Sample> ours = of(candidate, operation);
        List<Sample> theirs = of(other, otherOperation);
        return median(IntStream.range(0, Math.min(ours.size(), theirs.size()))
                .mapToDouble(round ->
                        ours.get(round).requestsPerSecond() / theirs.get(round).requestsPerSecond())
                .toArray());
    }

    /** How much more of something, by the median of rounds. */
    double above(
            Candidate candidate,
            Operation operation,
            Candidate other,
            Operation otherOperation,
            ToDoubleFunction<Sample> what) {
        List<Sample> ours = of(candidate, operation);
        List<Sample> theirs = of(other, otherOperation);
        return median(IntStream.range(0, Math.min(ours.size(), theirs.size()))
                .mapToDouble(round -> what.applyAsDouble(ours.get(round)) - what.applyAsDouble(theirs.get(round)))
                .toArray());
    }

    int failures(Candidate candidate, Operation operation) {
        return of(candidate, operation).stream().mapToInt(Sample::failures).sum();
    }

    private List<Sample> of(Candidate candidate, Operation operation) {
        return samples.getOrDefault(new Line(candidate, operation), List.of());
    }

    private static double median(double... values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    private record Line(Candidate candidate, Operation operation) {}
}
