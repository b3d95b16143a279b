package dev.reactivesession.web;

import dev.reactivesession.Session;
import dev.reactivesession.SessionLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/**
 * The session as the framework sees it. What it is told to do is noted at once, whether or not anybody subscribes to the answer, and done with the one save of
 * the exchange.
 */
final class BridgedWebSession implements WebSession {

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Session session;

    private volatile boolean started;

    private volatile boolean invalidated;

    BridgedWebSession(Session session) {
        this.session = session;
    }

    @Override
    public String getId() {
        return session.id().toString();
    }

    @Override
    public Map<String, Object> getAttributes() {
        return session.attributes();
    }

    @Override
    public void start() {
        started = true;
        session.start();
    }

    @Override
    public boolean isStarted() {
        return started || !session.isNew() || !session.attributes().isEmpty();
    }

    @Override
    public Mono<Void> changeSessionId() {
        session.rotate();
        return Mono.empty();
    }

    @Override
    public Mono<Void> invalidate() {
        session.invalidate();
        invalidated = true;
        started = false;
        return Mono.empty();
    }

    @Override
    public Mono<Void> save() {
        return session.save();
    }

    @Override
    public boolean isExpired() {
        return invalidated && !isStarted();
    }

    @Override
    public Instant getCreationTime() {
        return session.createdAt();
    }

    @Override
    public Instant getLastAccessTime() {
        return session.lastAccessedAt();
    }

    /** The framework says "never" with a negative time; the longest there is comes close. */
    @Override
    public void setMaxIdleTime(Duration time) {
        boolean never = time.isNegative() || time.compareTo(SessionLimits.LONGEST) > 0;
        session.idleTimeout(never ? SessionLimits.LONGEST : time.compareTo(SHORTEST) < 0 ? SHORTEST : time);
    }

    @Override
    public Duration getMaxIdleTime() {
        return session.idleTimeout();
    }
}
