package dev.reactivesession;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a sweep has come: one report after each batch, and a last one at its end.
 *
 * @param removed the sessions removed by this sweep so far
 * @param batches the batches it took
 * @param elapsed the time since it began
 * @param done whether this is its last report
 * @param failure why it ended early, or null
 */
public record SweepReport(
        long removed,
        long batches,
        Duration elapsed,
        boolean done,
        @Nullable String failure) {}
