package dev.reactivesession.boot;

import dev.reactivesession.SessionEvent;

/** A bean that is told of every event at once, on the thread where it happens; must not block. */
@FunctionalInterface
public interface SessionEventListener {

    /**
     * Something happened to a session.
     *
     * @param event what
     */
    void onEvent(SessionEvent event);
}
