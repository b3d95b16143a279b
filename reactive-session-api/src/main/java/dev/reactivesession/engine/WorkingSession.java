package dev.reactivesession.engine;

import dev.reactivesession.SessionId;
import dev.reactivesession.SessionOrigins;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** The working copy of one exchange, as the application sees it. */
final class WorkingSession extends SessionAttributes {

    private final SessionWays ways;

    private final SessionLives lives;

    WorkingSession(SessionWays ways, SessionLives lives) {
        super(new LiveAttributes(lives));
        this.ways = ways;
        this.lives = lives;
    }

    int storedBytes() {
        return lives.storedBytes();
    }

    Mono<Void> commit(boolean serverError) {
        return ways.commit().of(lives, serverError);
    }

    Mono<Void> commitLate(boolean serverError) {
        return ways.commit().late(lives, serverError);
    }

    @Override
    public SessionId id() {
        return lives.id();
    }

    @Override
    public boolean isNew() {
        return lives.record() == null;
    }

    @Override
    public Optional<String> principal() {
        return lives.askOwner(SessionOwner::principal);
    }

    @Override
    public Instant createdAt() {
        return lives.ask(SessionCopy::createdAt);
    }

    @Override
    public Instant lastAccessedAt() {
        return lives.askTimes(SessionTimes::lastAccessedAt);
    }

    @Override
    public Instant expiresAt() {
        return lives.askTimes(SessionTimes::expiresAt);
    }

    @Override
    public Optional<SessionOrigins> origins() {
        return lives.ask(ways.origins()::of);
    }

    @Override
    public Duration idleTimeout() {
        return lives.askTimes(SessionTimes::idleTimeout);
    }

    @Override
    public void idleTimeout(Duration timeout) {
        lives.tellTimes(times -> times.idleTimeout(timeout));
    }

    @Override
    public void remember(Duration time) {
        lives.tellTimes(times -> times.remember(time));
    }

    @Override
    public void forget() {
        lives.tellTimes(SessionTimes::forget);
    }

    @Override
    public Optional<Duration> remembered() {
        return lives.askTimes(SessionTimes::remembered);
    }

    @Override
    public void login(String principal) {
        lives.tell(copy -> copy.belongTo(PrincipalName.require(principal)));
    }

    @Override
    public void actAs(String principal) {
        lives.tellOwner(owner -> owner.actAs(principal));
    }

    @Override
    public Optional<String> actor() {
        return lives.askOwner(SessionOwner::actor);
    }

    @Override
    public void logout() {
        lives.tell(copy -> copy.belongTo(null));
    }

    @Override
    public void rotate() {
        lives.tell(SessionCopy::rotate);
    }

    @Override
    public void invalidate() {
        lives.end();
    }

    @Override
    public void start() {
        lives.tell(SessionCopy::start);
    }

    @Override
    public void setTestCookie() {
        lives.tell(copy -> copy.attributes().assign(AttributeName.TEST_COOKIE, true, null));
    }

    @Override
    public boolean testCookieWorked() {
        return lives.ask(copy -> copy.record() != null && copy.attributes().contains(AttributeName.TEST_COOKIE));
    }

    @Override
    public void deleteTestCookie() {
        lives.tell(copy -> copy.attributes().assign(AttributeName.TEST_COOKIE, null, null));
    }

    @Override
    public Mono<Void> save() {
        return ways.writer().save(lives);
    }

    @Override
    public Mono<Void> ended() {
        return ways.ends().ended(lives);
    }

    @Override
    public Mono<Void> keepAlive(Duration interval) {
        return ways.ends().keepAlive(lives, interval);
    }

    /** Shows the id, never an attribute. */
    @Override
    public String toString() {
        return "Session[" + (isNew() ? "new" : id()) + "]";
    }
}
