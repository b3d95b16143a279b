package dev.reactivesession.engine;

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.WriteName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The working copy of one exchange. Every field is guarded by this object; no lock is held while a store is at work.
 */
final class WorkingSession implements Session {

    private final SessionFactory factory;

    private final TokenCarrier carrier;

    private final SerialExecution saves = new SerialExecution();

    private SessionCopy copy;

    private @Nullable SessionRecord ended;

    private boolean touched;

    WorkingSession(SessionFactory factory, TokenCarrier carrier) {
        this.factory = factory;
        this.carrier = carrier;
        this.copy = factory.fresh(this::id);
    }

    /** Throws {@link SessionException.Unreadable} when the payload as a whole is. */
    WorkingSession(SessionFactory factory, TokenCarrier carrier, SessionRecord record, boolean renewalDue) {
        this.factory = factory;
        this.carrier = carrier;
        this.copy = factory.stored(record, renewalDue);
    }

    TokenCarrier carrier() {
        return carrier;
    }

    @Override
    public synchronized SessionId id() {
        return copy.id(factory::newId);
    }

    synchronized int storedBytes() {
        SessionRecord record = copy.record();
        return record == null ? 0 : record.payload().length;
    }

    @Override
    public synchronized boolean isNew() {
        return copy.record() == null;
    }

    @Override
    public synchronized Optional<String> principal() {
        PrincipalChange change = copy.newPrincipal();
        SessionRecord record = copy.record();
        return change == null
                ? Optional.ofNullable(record).map(SessionRecord::principal)
                : Optional.ofNullable(change.to());
    }

    @Override
    public synchronized Instant createdAt() {
        return copy.createdAt();
    }

    @Override
    public synchronized Instant lastAccessedAt() {
        SessionRecord record = copy.record();
        return record == null ? createdAt() : record.lastAccessedAt();
    }

    @Override
    public synchronized Instant expiresAt() {
        return factory.rules().limits().deadline(createdAt(), lastAccessedAt(), idleTimeout());
    }

    @Override
    public synchronized Duration idleTimeout() {
        Duration changed = copy.newIdleTimeout();
        SessionRecord record = copy.record();
        if (changed != null) {
            return changed;
        }
        return record == null ? factory.rules().limits().idleTimeout() : record.idleTimeout();
    }

    @Override
    public synchronized void idleTimeout(Duration timeout) {
        copy.idleTimeout(SessionLimits.requireIdleTimeout(timeout));
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <T> @Nullable T get(String name) {
        return read(AttributeName.require(name), null);
    }

    @Override
    public <T> @Nullable T get(Attribute<T> attribute) {
        return read(AttributeName.require(attribute.name()), attribute);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller says what it takes the value for
    private synchronized <T> @Nullable T read(String name, @Nullable Attribute<?> declared) {
        return (T) copy.attributes().read(name, declared);
    }

    @Override
    public synchronized void put(String name, @Nullable Object value) {
        assign(AttributeName.require(name), value, null);
    }

    @Override
    public synchronized <T> void put(Attribute<T> attribute, @Nullable T value) {
        assign(AttributeName.require(attribute.name()), value, attribute);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public synchronized <T> @Nullable T remove(String name) {
        return removed(AttributeName.require(name), null);
    }

    @Override
    public synchronized <T> @Nullable T remove(Attribute<T> attribute) {
        return removed(AttributeName.require(attribute.name()), attribute);
    }

    /** An unreadable attribute must be removable, whatever the policy for reading it. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // the caller says what it takes the value for
    private <T> @Nullable T removed(String name, @Nullable Attribute<?> declared) {
        T before = readable(name, declared);
        assign(name, null, declared);
        return before;
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // the caller says what it takes the value for
    <T> @Nullable T readable(String name, @Nullable Attribute<?> declared) {
        try {
            return read(name, declared);
        } catch (SessionException.Unreadable unreadable) {
            return null;
        }
    }

    private void assign(String name, @Nullable Object value, @Nullable Attribute<?> declared) {
        if (factory.principals().isHeldBy(name)
                && (value != null || copy.attributes().contains(name))) {
            belongToHolderOf(value);
        }
        copy.attributes().assign(name, value, declared);
    }

    private void belongToHolderOf(@Nullable Object value) {
        String user = factory.principals().principalOf(value).orElse(null);
        if (!Objects.equals(user, principal().orElse(null))) {
            copy.belongTo(user == null ? null : PrincipalName.require(user));
        }
    }

    @Override
    public synchronized boolean contains(String name) {
        return copy.attributes().contains(AttributeName.require(name));
    }

    @Override
    public <T> T computeIfAbsent(String name, Supplier<? extends T> supplier) {
        return computeIfAbsent(AttributeName.require(name), null, supplier);
    }

    @Override
    public <T> T computeIfAbsent(Attribute<T> attribute, Supplier<? extends T> supplier) {
        return computeIfAbsent(AttributeName.require(attribute.name()), attribute, supplier);
    }

    private synchronized <T> T computeIfAbsent(
            String name, @Nullable Attribute<?> declared, Supplier<? extends T> supplier) {
        T present = read(name, declared);
        if (present != null) {
            return present;
        }
        T computed = compute(name, declared, there -> there == null ? supplier.get() : there);
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
        return compute(AttributeName.require(attribute.name()), attribute, function);
    }

    @SuppressWarnings("unchecked") // the caller says what it takes the value for
    private synchronized <T> @Nullable T compute(
            String name, @Nullable Attribute<?> declared, UnaryOperator<@Nullable T> function) {
        T result = (T) copy.attributes().compute(name, value -> function.apply((T) value), declared);
        if (factory.principals().isHeldBy(name)) {
            belongToHolderOf(result);
        }
        return result;
    }

    @Override
    public synchronized void clear() {
        if (copy.attributes().names().stream().anyMatch(factory.principals()::isHeldBy)) {
            belongToHolderOf(null);
        }
        copy.attributes().clear();
    }

    @Override
    public Map<String, Object> attributes() {
        return new AttributeMap(this);
    }

    synchronized Set<String> names() {
        return copy.attributes().names();
    }

    /** Whether the live map has this attribute. */
    synchronized boolean shows(String name) {
        return AttributeName.isAllowed(name) && copy.attributes().shows(name);
    }

    @Override
    public synchronized void login(String principal) {
        copy.belongTo(PrincipalName.require(principal));
    }

    @Override
    public synchronized void logout() {
        copy.belongTo(null);
    }

    @Override
    public synchronized void rotate() {
        copy.rotate();
    }

    @Override
    public synchronized void invalidate() {
        SessionRecord record = copy.recordToEnd();
        ended = record == null ? ended : record;
        copy = factory.fresh(this::id);
    }

    @Override
    public synchronized void start() {
        copy.start();
    }

    @Override
    public synchronized void setTestCookie() {
        copy.attributes().assign(AttributeName.TEST_COOKIE, true, null);
    }

    @Override
    public synchronized boolean testCookieWorked() {
        return copy.record() != null && copy.attributes().contains(AttributeName.TEST_COOKIE);
    }

    @Override
    public synchronized void deleteTestCookie() {
        copy.attributes().assign(AttributeName.TEST_COOKIE, null, null);
    }

    @Override
    public Mono<Void> save() {
        return saves.inTurn(Mono.defer(() -> factory.writer().save(this)));
    }

    @Override
    public Mono<Void> ended() {
        return factory.ends().ended(this);
    }

    @Override
    public Mono<Void> keepAlive(Duration interval) {
        return factory.ends().keepAlive(this, interval);
    }

    synchronized @Nullable SessionRecord record() {
        return copy.record();
    }

    /** Stores the changes before the response is committed. A session that was ended elsewhere stays so: no error. */
    Mono<Void> commit() {
        return Mono.defer(() -> saves.isIdle() && isSurelyAsStored()
                ? Mono.empty()
                : save().onErrorComplete(SessionException.Gone.class));
    }

    /** Only ends the session where that was asked for: the changes of a request that failed are not stored. */
    Mono<Void> commitEndOnly() {
        return saves.inTurn(Mono.defer(() -> factory.writer().end(this)));
    }

    private synchronized boolean isSurelyAsStored() {
        SessionRecord record = copy.record();
        return ended == null && record != null && copy.isSurelyAsStored() && !isTouchDue(record);
    }

    /** Without an interval a touch is always due; a visit is nevertheless one use. */
    synchronized boolean isTouchDue(SessionRecord record) {
        RecordRules rules = factory.rules();
        return carrier.isVisit()
                && rules.isTouchDue(record, rules.now())
                && !(touched && rules.limits().touchInterval().isZero());
    }

    synchronized void touched(SessionRecord record) {
        touched = true;
        copy.settleTimes(record);
    }

    synchronized @Nullable SessionRecord takeEnded() {
        SessionRecord taken = ended;
        ended = null;
        return taken;
    }

    synchronized void giveBackEnded(SessionRecord taken) {
        ended = taken;
    }

    synchronized PendingSave takeChanges(Supplier<WriteName> names) {
        return copy.take(names);
    }

    synchronized boolean isWorthCreating(PendingSave save) {
        return save.copy().isWorthCreating(save);
    }

    synchronized void attempted(PendingSave save, SessionRecord first) {
        save.copy().attempted(first);
    }

    /** A record that was saved for a life that has ended meanwhile is to be deleted, like that life. */
    synchronized void settle(PendingSave save, SessionRecord saved, Map<String, EncodedValue> storedNow) {
        if (save.copy() == copy) {
            copy.settle(saved, storedNow);
        } else {
            ended = saved;
        }
    }

    synchronized void becomeReplaced(PendingSave save) {
        save.copy().becomeReplaced();
    }

    synchronized void giveBack(PendingSave save, boolean doubt) {
        save.copy().giveBack(save, doubt);
    }

    /** Shows the id, never an attribute. */
    @Override
    public String toString() {
        return "Session[" + (isNew() ? "new" : id()) + "]";
    }
}
