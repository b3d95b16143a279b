package dev.reactivesession.engine;

import dev.reactivesession.Session;

/**
 * The streams that wait on {@link Session#ended()}: they can be told to end with the application, so that one open
 * stream does not use up the time of a graceful shutdown. All may be called concurrently.
 */
public final class OpenStreams {

    private final EndWatch watch;

    OpenStreams(EndWatch watch) {
        this.watch = watch;
    }

    /** Completes every {@link Session#ended()} now, and those to come. No session ends by it. */
    public void end() {
        watch.close();
    }

    /** Lets streams wait again: an application may start once more. */
    public void reopen() {
        watch.reopen();
    }

    /**
     * Whether streams may wait.
     *
     * @return false between {@link #end()} and {@link #reopen()}
     */
    public boolean areOpen() {
        return !watch.isClosed();
    }
}
