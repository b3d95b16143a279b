package dev.reactivesession.benchmarks.request;

import java.util.Locale;

/** What the table says about itself: how it came to be, and which differences mean something. */
final class Meaning {

    private Meaning() {}

    static String of(Plan plan, Machine machine, Measurements measured, long seconds) {
        double noise = plan.candidates().stream()
                .flatMap(candidate -> plan.operations().stream()
                        .filter(operation -> measured.has(candidate, operation))
                        .map(operation -> measured.spread(candidate, operation)))
                .mapToDouble(spread -> spread)
                .max()
                .orElse(0);
        return String.format(
                Locale.ROOT,
                """
                32 connections, %s; %d round(s) of %d ms each, order alternating; medians. Took %d s.
                +-%% is half the distance between the slowest and the fastest round; the largest here is %.0f %%. A
                ratio of req/s says nothing unless it differs from 1 by more than that; ratios compare figures of one
                round only. cpu us and alloc KB (1,000 bytes) are of the server process, for each request; "+floor" and
                "x floor" compare with the same application without sessions and its untouched request. commands and
                net B cross the network between application and store, and are counted apart from the timed rounds.
                lost: of 1,600 increments of one counter by 8 clients at once. alloc, commands, net B and lost hardly
                vary between runs; req/s, cpu and latencies do.
                Redis without persistence, PostgreSQL with synchronous commit but without waiting for the disk.""",
                machine.isPinned()
                        ? "server on one processor, driver and stores on the others"
                        : "NOT pinned: driver, stores and server compete",
                plan.rounds(),
                plan.stretch().toMillis(),
                seconds,
                100 * noise);
    }
}
