package dev.reactivesession.boot;

import dev.reactivesession.engine.SessionEngineBuilder;

/** A bean that has the last word on the parts of the engine. */
@FunctionalInterface
public interface SessionEngineCustomizer {

    /**
     * Changes a part.
     *
     * @param builder holds the parts as configured
     */
    void customize(SessionEngineBuilder builder);
}
