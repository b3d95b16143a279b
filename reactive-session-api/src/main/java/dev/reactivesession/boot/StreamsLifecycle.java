package dev.reactivesession.boot;

import dev.reactivesession.engine.OpenStreams;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/** Ends the streams that wait for the end of their session before the server waits for open responses. */
final class StreamsLifecycle implements SmartLifecycle {

    private static final int BEFORE_THE_SERVER = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;

    private final OpenStreams streams;

    private volatile boolean running;

    StreamsLifecycle(OpenStreams streams) {
        this.streams = streams;
    }

    @Override
    public void start() {
        streams.reopen();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        streams.end();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** What has a higher phase is stopped earlier. */
    @Override
    public int getPhase() {
        return BEFORE_THE_SERVER;
    }
}
