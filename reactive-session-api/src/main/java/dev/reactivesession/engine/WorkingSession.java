package dev.reactivesession.engine;

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.TokenChange;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The working copy: a record as it was loaded, or none yet, and what was done to it since. Every field is guarded by this object; no lock is held while
 * a store is at work.
 */
final class WorkingSession implements Session {

    private static final int LONGEST_PRINCIPAL = 512;

    private final SessionEngine engine;

    private final SessionSave saves;

    private WorkingAttributes attributes;

    private @Nullable SessionRecord record;

    private @Nullable SessionRecord ended;

    private @Nullable SessionId id;

    private Instant createdAt;

    private @Nullable PrincipalChange newPrincipal;

    private @Nullable Duration newIdleTimeout;

    private boolean rotate;

    private boolean renewalDue;

    private boolean started;

    private int life;

    private WorkingSession(
            SessionEngine engine,
            TokenCarrier carrier,
            @Nullable SessionRecord record,
            Map<String, EncodedValue> stored) {
        this.engine = engine;
        this.record = record;
        this.createdAt = record == null ? engine.now() : record.createdAt();
        this.attributes = new WorkingAttributes(engine.attributeCodec(this::id), stored);
        this.saves = new SessionSave(engine, this, carrier);
    }

    static WorkingSession fresh(SessionEngine engine, TokenCarrier carrier) {
        return new WorkingSession(engine, carrier, null, new LinkedHashMap<>(0));
    }

    /** Throws {@link SessionException.Unreadable} when the payload as a whole is. */
    static WorkingSession of(SessionEngine engine, TokenCarrier carrier, SessionRecord record, boolean renewalDue) {
        WorkingSession session =
                new WorkingSession(engine, carrier, record, engine.codec().split(record.payload()));
        session.renewalDue = renewalDue;
        return session;
    }

    @Override
    public synchronized SessionId id() {
        if (record != null) {
            return record.id();
        }
        if (id == null) {
            id = engine.newId();
        }
        return id;
    }

    synchronized int storedBytes() {
        return record == null ? 0 : record.payload().length;
    }

    @Override
    public synchronized boolean isNew() {
        return record == null;
    }

    @Override
    public synchronized Optional<String> principal() {
        if (newPrincipal != null) {
            return Optional.ofNullable(newPrincipal.to());
        }
        return record == null ? Optional.empty() : Optional.ofNullable(record.principal());
    }

    @Override
    public synchronized Instant createdAt() {
        return createdAt;
    }

    @Override
    public synchronized Instant lastAccessedAt() {
        return record == null ? createdAt : record.lastAccessedAt();
    }

    @Override
    public synchronized Instant expiresAt() {
        return engine.limits().deadline(createdAt, lastAccessedAt(), idleTimeout());
    }

    @Override
    public synchronized Duration idleTimeout() {
        if (newIdleTimeout != null) {
            return newIdleTimeout;
        }
        return record == null ? engine.limits().idleTimeout() : record.idleTimeout();
    }

    @Override
    public synchronized void idleTimeout(Duration timeout) {
        newIdleTimeout = SessionLimits.requireIdleTimeout(timeout);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <T> @Nullable T get(String name) {
        return read(AttributeName.require(name), null);
    }

    @Override
    public <T> @Nullable T get(Attribute<T> attribute) {
        return read(AttributeName.require(attribute.name()), attribute.type());
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller says what it takes the value for
    private synchronized <T> @Nullable T read(String name, @Nullable Type type) {
        return (T) attributes.read(name, type);
    }

    @Override
    public synchronized void put(String name, @Nullable Object value) {
        assign(AttributeName.require(name), value, null);
    }

    @Override
    public synchronized <T> void put(Attribute<T> attribute, @Nullable T value) {
        assign(AttributeName.require(attribute.name()), value, attribute.type());
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public synchronized <T> @Nullable T remove(String name) {
        T before = get(name);
        assign(name, null, null);
        return before;
    }

    @Override
    public synchronized <T> @Nullable T remove(Attribute<T> attribute) {
        T before = get(attribute);
        assign(attribute.name(), null, attribute.type());
        return before;
    }

    private void assign(String name, @Nullable Object value, @Nullable Type type) {
        if (engine.principals().isHeldBy(name) && (value != null || attributes.contains(name))) {
            belongTo(engine.principals().principalOf(value).orElse(null));
        }
        attributes.assign(name, value, type);
    }

    private void belongTo(@Nullable String user) {
        if (!Objects.equals(user, principal().orElse(null))) {
            newPrincipal = new PrincipalChange(user == null ? null : requirePrincipal(user));
            rotate = true;
        }
    }

    @Override
    public synchronized boolean contains(String name) {
        return attributes.contains(AttributeName.require(name));
    }

    @Override
    public <T> T computeIfAbsent(String name, Supplier<? extends T> supplier) {
        return computeIfAbsent(AttributeName.require(name), null, supplier);
    }

    @Override
    public <T> T computeIfAbsent(Attribute<T> attribute, Supplier<? extends T> supplier) {
        return computeIfAbsent(AttributeName.require(attribute.name()), attribute.type(), supplier);
    }

    private synchronized <T> T computeIfAbsent(String name, @Nullable Type type, Supplier<? extends T> supplier) {
        T present = read(name, type);
        if (present != null) {
            return present;
        }
        T computed = compute(name, type, there -> there == null ? supplier.get() : there);
        if (computed == null) {
            throw new IllegalArgumentException("the supplier of the attribute '" + name + "' gave null");
        }
        return computed;
    }

    @Override
    public <T> @Nullable T compute(String name, UnaryOperator<@Nullable T> function) {
        return compute(AttributeName.require(name), null, function);
    }

    @Override
    public <T> @Nullable T compute(Attribute<T> attribute, UnaryOperator<@Nullable T> function) {
        return compute(AttributeName.require(attribute.name()), attribute.type(), function);
    }

    @SuppressWarnings("unchecked") // the caller says what it takes the value for
    private synchronized <T> @Nullable T compute(
            String name, @Nullable Type type, UnaryOperator<@Nullable T> function) {
        T result = (T) attributes.compute(name, value -> function.apply((T) value), type);
        if (engine.principals().isHeldBy(name)) {
            belongTo(engine.principals().principalOf(result).orElse(null));
        }
        return result;
    }

    @Override
    public synchronized void clear() {
        if (attributes.names().stream().anyMatch(engine.principals()::isHeldBy)) {
            belongTo(null);
        }
        attributes.clear();
    }

    @Override
    public Map<String, Object> attributes() {
        return new AttributeMap(this, this::names);
    }

    synchronized Set<String> names() {
        return attributes.names();
    }

    @Override
    public synchronized void login(String principal) {
        newPrincipal = new PrincipalChange(requirePrincipal(principal));
        rotate = true;
    }

    private static String requirePrincipal(String principal) {
        if (principal.isEmpty() || principal.length() > LONGEST_PRINCIPAL) {
            throw new IllegalArgumentException(
                    "a principal has 1 to " + LONGEST_PRINCIPAL + " characters, not " + principal.length());
        }
        return principal;
    }

    @Override
    public synchronized void logout() {
        newPrincipal = new PrincipalChange(null);
        rotate = true;
    }

    @Override
    public synchronized void rotate() {
        rotate = true;
    }

    @Override
    public synchronized void invalidate() {
        ended = record == null ? ended : record;
        life++;
        record = null;
        id = null;
        createdAt = engine.now();
        attributes = new WorkingAttributes(engine.attributeCodec(this::id), new LinkedHashMap<>(0));
        newPrincipal = null;
        newIdleTimeout = null;
        rotate = false;
        renewalDue = false;
        started = false;
    }

    @Override
    public synchronized void start() {
        started = true;
    }

    @Override
    public synchronized void setTestCookie() {
        attributes.assign(AttributeName.TEST_COOKIE, true, null);
    }

    @Override
    public synchronized boolean testCookieWorked() {
        return record != null && attributes.contains(AttributeName.TEST_COOKIE);
    }

    @Override
    public synchronized void deleteTestCookie() {
        attributes.assign(AttributeName.TEST_COOKIE, null, null);
    }

    @Override
    public Mono<Void> save() {
        return saves.everything();
    }

    /** What happens to a session before its response is committed. */
    Mono<Void> commit(boolean serverError) {
        return serverError && !engine.policies().saveOnServerError() ? saves.onlyTheEnd() : saves.quietly();
    }

    AttributeMerge merge() {
        return new AttributeMerge(
                engine.attributeCodec(this::id),
                engine.policies().onConflict(),
                (attribute, policy) ->
                        engine.publish(new SessionEvent.Conflicted(engine.now(), id(), attribute, policy)));
    }

    synchronized @Nullable SessionRecord takeEnded() {
        SessionRecord taken = ended;
        ended = null;
        return taken;
    }

    synchronized void giveBackEnded(SessionRecord taken) {
        ended = taken;
    }

    /** The record, when a save would surely find nothing to do but to record the use; a look that encodes nothing. */
    synchronized @Nullable SessionRecord recordIfUnchanged() {
        boolean unchanged = ended == null
                && newPrincipal == null
                && newIdleTimeout == null
                && tokenChange() == TokenChange.KEEP
                && attributes.areSurelyUnchanged();
        return unchanged ? record : null;
    }

    /** Takes what was changed since the last save, for one save: either {@link #settle} or {@link #giveBack} must follow. */
    synchronized PendingSave takeChanges() {
        List<AttributeChange> changed = attributes.takeChanges();
        PendingSave taken = new PendingSave(
                life, record, attributes.stored(), changed, newPrincipal, newIdleTimeout, tokenChange());
        newPrincipal = null;
        newIdleTimeout = null;
        rotate = false;
        return taken;
    }

    private TokenChange tokenChange() {
        if (record == null) {
            return TokenChange.KEEP;
        }
        return rotate ? TokenChange.ROTATE : renewalDue ? TokenChange.RENEW : TokenChange.KEEP;
    }

    synchronized boolean isWorthCreating(PendingSave changes) {
        return started || !changes.attributes().isEmpty() || changes.login().isPresent();
    }

    /** What was saved for a life that has ended meanwhile is to be deleted, like that life. */
    synchronized void settle(PendingSave save, SessionRecord saved, Map<String, EncodedValue> storedNow) {
        if (save.life() == life) {
            record = saved;
            renewalDue = false;
            attributes.settle(storedNow);
        } else {
            ended = saved;
        }
    }

    synchronized void settleTimes(SessionRecord touched) {
        record = record == null ? null : touched;
    }

    synchronized void giveBack(PendingSave changes) {
        if (changes.life() == life) {
            attributes.giveBack(changes.attributes());
            newPrincipal = newPrincipal == null ? changes.principal() : newPrincipal;
            newIdleTimeout = newIdleTimeout == null ? changes.idleTimeout() : newIdleTimeout;
            rotate |= changes.token() == TokenChange.ROTATE;
        }
    }

    /** Shows the id, never an attribute. */
    @Override
    public String toString() {
        return "Session[" + (isNew() ? "new" : id()) + "]";
    }
}
