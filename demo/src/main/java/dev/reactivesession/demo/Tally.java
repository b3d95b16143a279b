package dev.reactivesession.demo;

import dev.reactivesession.engine.SessionProbe.Step;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The store calls of one request. */
final class Tally {

    /** Measured on Spring Session's Redis store: docs/performance.md has the method. */
    private static final int TO_CREATE = 2;

    private static final int TO_READ_OR_WRITE = 4;

    private final AtomicInteger calls = new AtomicInteger();

    private final AtomicBoolean creates = new AtomicBoolean();

    void count(Step step) {
        calls.incrementAndGet();
        if (step == Step.INSERT) {
            creates.set(true);
        }
    }

    int calls() {
        return calls.get();
    }

    int commandsOfSpringSession() {
        if (calls.get() == 0) {
            return 0;
        }
        return creates.get() ? TO_CREATE : TO_READ_OR_WRITE;
    }
}
