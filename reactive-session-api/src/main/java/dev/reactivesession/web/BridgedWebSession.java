package dev.reactivesession.web;

import dev.reactivesession.Session;
import dev.reactivesession.SessionLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/**
 * The session as the framework sees it. An order is noted at once, also when its answer is dropped, and carried out
 * with the one save of the exchange; an end is carried out when its answer is subscribed to.
 */
final class BridgedWebSession implements WebSession {

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Session session;

    private final Instant accessed;

    private volatile boolean started;

    private volatile boolean invalidated;

    /**
     * Bridges to a session.
     *
     * @param session the session of the exchange
     * @param accessed when the exchange asked for it
     */
    BridgedWebSession(Session session, Instant accessed) {
        this.session = session;
        this.accessed = accessed;
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
        return session.save();
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

    /** Within a request that is the request; what is recorded of it may lag by the touch interval. */
    @Override
    public Instant getLastAccessTime() {
        Instant created = session.createdAt();
        return accessed.isBefore(created) ? created : accessed;
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
