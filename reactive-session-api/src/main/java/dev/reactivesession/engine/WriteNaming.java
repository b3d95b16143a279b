package dev.reactivesession.engine;

import dev.reactivesession.store.WriteName;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Gives names to writes. A name tells one write of a session from its others, and is no secret: it has to be new, and
 * need not be hard to guess. Two copies of one process, which share the state, differ by their clocks.
 */
final class WriteNaming implements Supplier<WriteName> {

    /** The steps of a Weyl sequence, which visits every number once before it repeats one. */
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private final AtomicLong state;

    private final LongSupplier nanos;

    WriteNaming(long seed, LongSupplier nanos) {
        this.state = new AtomicLong(seed);
        this.nanos = nanos;
    }

    @Override
    public WriteName get() {
        return new WriteName(mixed(state.addAndGet(STEP) ^ mixed(nanos.getAsLong())));
    }

    /** The finalizer of SplitMix64: each bit of the number changes about half of the others. */
    private static long mixed(long number) {
        long first = (number ^ number >>> 30) * 0xbf58476d1ce4e5b9L;
        long second = (first ^ first >>> 27) * 0x94d049bb133111ebL;
        return second ^ second >>> 31;
    }
}
