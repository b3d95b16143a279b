package dev.reactivesession.engine;

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionOrigins;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The working copy of one exchange, as the application sees it. */
final class WorkingSession implements Session {

    private final SessionFactory factory;

    private final SessionLives lives;

    private final LiveAttributes attributes;

    WorkingSession(SessionFactory factory, SessionLives lives) {
        this.factory = factory;
        this.lives = lives;
        this.attributes = new LiveAttributes(lives);
    }

    SessionWriter writer() {
        return factory.writer();
    }

    SessionLives lives() {
        return lives;
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
        return lives.ask(factory.origins()::of);
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
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <T> @Nullable T get(String name) {
        return attributes.get(name, null);
    }

    @Override
    public <T> @Nullable T get(Attribute<T> attribute) {
        return attributes.get(attribute.name(), attribute);
    }

    @Override
    public void put(String name, @Nullable Object value) {
        attributes.put(name, null, value);
    }

    @Override
    public <T> void put(Attribute<T> attribute, @Nullable T value) {
        attributes.put(attribute.name(), attribute, value);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <T> @Nullable T remove(String name) {
        return attributes.remove(name, null);
    }

    @Override
    public <T> @Nullable T remove(Attribute<T> attribute) {
        return attributes.remove(attribute.name(), attribute);
    }

    @Override
    public boolean contains(String name) {
        return attributes.contains(name);
    }

    @Override
    public <T> T computeIfAbsent(String name, Supplier<? extends T> supplier) {
        return attributes.computeIfAbsent(name, null, supplier);
    }

    @Override
    public <T> T computeIfAbsent(Attribute<T> attribute, Supplier<? extends T> supplier) {
        return attributes.computeIfAbsent(attribute.name(), attribute, supplier);
    }

    @Override
    public <T> @Nullable T compute(String name, UnaryOperator<@Nullable T> function) {
        return attributes.compute(name, null, function);
    }

    @Override
    public <T> @Nullable T compute(Attribute<T> attribute, UnaryOperator<@Nullable T> function) {
        return attributes.compute(attribute.name(), attribute, function);
    }

    @Override
    public void flash(String name, @Nullable Object value) {
        attributes.flash(AttributeName.ofFlash(name), null, value);
    }

    @Override
    public <T> void flash(Attribute<T> attribute, @Nullable T value) {
        attributes.flash(AttributeName.ofFlash(attribute.name()), attribute, value);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <T> Mono<T> takeFlash(String name) {
        return new TakenOnce<T>(attributes, save(), AttributeName.ofFlash(name), null).taken();
    }

    @Override
    public <T> Mono<T> takeFlash(Attribute<T> attribute) {
        return new TakenOnce<T>(attributes, save(), AttributeName.ofFlash(attribute.name()), attribute).taken();
    }

    @Override
    public void clear() {
        attributes.clear();
    }

    @Override
    public Map<String, Object> attributes() {
        return new AttributeMap(attributes);
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
        return writer().saveInTurn(this);
    }

    @Override
    public Mono<Void> ended() {
        return factory.ends().ended(this);
    }

    @Override
    public Mono<Void> keepAlive(Duration interval) {
        return factory.ends().keepAlive(this, interval);
    }

    /** Shows the id, never an attribute. */
    @Override
    public String toString() {
        return "Session[" + (isNew() ? "new" : id()) + "]";
    }
}
