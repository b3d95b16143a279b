package dev.reactivesession.boot;

import dev.reactivesession.engine.FreshRandom;
import org.springframework.context.SmartLifecycle;

/**
 * Gives a generator fresh entropy whenever the application context starts: also when it starts again in a process
 * that was restored from a checkpoint, before the server takes requests.
 */
public final class FreshRandomLifecycle implements SmartLifecycle {

    private final FreshRandom random;

    private volatile boolean running;

    /**
     * Watches over a generator.
     *
     * @param random the generator
     */
    public FreshRandomLifecycle(FreshRandom random) {
        this.random = random;
    }

    /**
     * The generator.
     *
     * @return fresh from each start on
     */
    public FreshRandom random() {
        return random;
    }

    @Override
    public void start() {
        random.reseed();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before everything else. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
