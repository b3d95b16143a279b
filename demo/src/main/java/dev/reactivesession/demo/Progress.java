package dev.reactivesession.demo;

import dev.reactivesession.SweepReport;
import org.jspecify.annotations.Nullable;

/** How far a sweep has come, as JSON. */
record Progress(
        long removed,
        long batches,
        long millis,
        boolean done,
        @Nullable String failure) {

    static Progress of(SweepReport report) {
        return new Progress(
                report.removed(), report.batches(), report.elapsed().toMillis(), report.done(), report.failure());
    }
}
