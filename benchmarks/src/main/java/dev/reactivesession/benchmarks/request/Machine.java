package dev.reactivesession.benchmarks.request;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Which processors run what: the server alone on the last one, everything else on the others.
 *
 * @param serverProcessors for the server, or null when processes cannot be pinned here
 * @param otherProcessors for the driver and the stores, or null
 */
record Machine(@Nullable String serverProcessors, @Nullable String otherProcessors) {

    /** This process may itself run on a part of the processors only, so the number comes from outside. */
    static Machine here() {
        int processors =
                Integer.getInteger("machine.processors", Runtime.getRuntime().availableProcessors());
        return processors < 2 || !canPin()
                ? new Machine(null, null)
                : new Machine(Integer.toString(processors - 1), "0-" + (processors - 2));
    }

    private static boolean canPin() {
        try {
            return new ProcessBuilder("taskset", "-c", "0", "true").start().waitFor() == 0;
        } catch (IOException | InterruptedException notInstalled) {
            return false;
        }
    }

    boolean isPinned() {
        return serverProcessors != null;
    }
}
