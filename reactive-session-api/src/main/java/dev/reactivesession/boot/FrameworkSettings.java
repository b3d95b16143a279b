package dev.reactivesession.boot;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.Environment;

/**
 * The settings of Spring Boot and Spring Session that mean something here too.
 *
 * @param timeout how long a session lives unused; negative is never
 * @param maxSessions how many sessions are kept in memory, or null when that is not set
 */
record FrameworkSettings(Duration timeout, @Nullable Integer maxSessions) {

    private static final String SPRING_SESSION = "spring.session";

    private static final String MAX_SESSIONS = "server.reactive.session.max-sessions";

    /** Spring Session's own timeout comes before that of the server, as it does in Boot. */
    static FrameworkSettings of(ServerProperties server, Environment environment) {
        Binder binder = Binder.get(environment);
        SpringSession theirs = binder.bind(SPRING_SESSION, SpringSession.class).orElse(new SpringSession(null));
        Duration timeout =
                theirs.timeout() == null ? server.getReactive().getSession().getTimeout() : theirs.timeout();
        return new FrameworkSettings(
                timeout, binder.bind(MAX_SESSIONS, Integer.class).orElse(null));
    }

    /**
     * The settings under Spring Session's prefix that mean something here.
     *
     * @param timeout a time; seconds, when it is a number alone
     */
    record SpringSession(
            @Nullable @DurationUnit(ChronoUnit.SECONDS) Duration timeout) {}
}
