package dev.reactivesession;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One exchange's working copy of a session. Nothing here does any work on a store: changes are gathered, and stored as
 * one conditional save before the response is committed, or when {@link #save()} is subscribed.
 *
 * <p>A change is seen in the stored form: a list changed in place is noticed without any {@code put}, and putting an
 * equal value is no change. When another request saved first, the changes made here are replayed on what it saved: see
 * {@link #compute}.
 *
 * <p>Attributes have names of 1 to 256 characters; names that begin with {@code _} are reserved. A null value is an
 * absent attribute: putting null removes. A session is safe to use from parallel operators of its exchange.
 */
public interface Session {

    /** The exchange attribute, and the key in the Reactor context, under which the {@code Mono<Session>} is found. */
    String ATTRIBUTE = Session.class.getName();

    /**
     * The session of the exchange that the subscriber belongs to, found in the Reactor context.
     *
     * @return the session; an {@link SessionException.Misconfigured} error where no filter has provided one
     */
    static Mono<Session> current() {
        return Mono.deferContextual(context -> context.<Mono<Session>>getOrEmpty(ATTRIBUTE)
                .orElseGet(() -> Mono.error(new SessionException.Misconfigured(
                        "no session in the Reactor context: is the SessionWebFilter installed, and is this subscribed"
                                + " within a request? Return it from the handler rather than subscribe to it; in a"
                                + " test, Visitor.verify of reactive-session-test provides a session",
                        null))));
    }

    /**
     * The id of this session, made when it is first asked for.
     *
     * @return the id, safe to log and to list
     */
    SessionId id();

    /**
     * Whether this session has not been stored yet.
     *
     * @return true until it is stored for the first time
     */
    boolean isNew();

    /**
     * The user name this session belongs to.
     *
     * @return the principal, once somebody has logged in
     */
    Optional<String> principal();

    /**
     * When the session began.
     *
     * @return the time of creation
     */
    Instant createdAt();

    /**
     * When the session was used last, to within the touch interval.
     *
     * @return the time of the last recorded use before this one
     */
    Instant lastAccessedAt();

    /**
     * Where this session is used from, as of its last save: noted where {@code reactive-session.origin} asks for it.
     *
     * @return the addresses and user agents of its beginning, its login and its last use; empty when none are noted
     */
    Optional<SessionOrigins> origins();

    /**
     * When the session ends if it is not used: the earlier of its idle and its absolute deadline.
     *
     * @return the first instant at which the session is gone
     */
    Instant expiresAt();

    /**
     * How long the session lives unused.
     *
     * @return the idle timeout of this session
     */
    Duration idleTimeout();

    /**
     * Changes how long this session lives unused. The absolute timeout still holds.
     *
     * @param timeout from 1 second to 3650 days
     */
    void idleTimeout(Duration timeout);

    /**
     * Remembers this session for that long from now on, however busy or idle it is: both its idle and its absolute
     * deadline become that, and the client keeps its cookie when the browser is closed. A rotation, a login among
     * them, keeps it. To ask for the same time again within a day changes nothing; later it counts from then. While
     * the session is used, the client is given its cookie again once a day.
     *
     * <p>The cookie goes out with the response, so a save that comes too late for it fails with
     * {@link SessionException.Undeliverable}.
     *
     * @param time from 1 second to {@code reactive-session.remember.max}, which is 400 days unless set
     * @throws SessionException.Misconfigured when the time is out of bounds
     */
    void remember(Duration time);

    /**
     * Takes back {@link #remember}: the session has the usual idle and absolute deadline again, and its cookie ends
     * with the browser. Nothing happens to a session that is not remembered.
     */
    void forget();

    /**
     * For how long this session was asked to be remembered.
     *
     * @return the time given to {@link #remember}; empty when it is not remembered
     */
    Optional<Duration> remembered();

    /**
     * Reads an attribute.
     *
     * @param name its name
     * @param <T> the type that the caller takes it for
     * @return the value, or null when absent
     */
    @SuppressWarnings("TypeParameterUnusedInFormals") // the caller says what it takes the value for
    <T> @Nullable T get(String name);

    /**
     * Reads a declared attribute.
     *
     * @param attribute its name and type
     * @param <T> the type of the value
     * @return the value, or null when absent
     */
    <T> @Nullable T get(Attribute<T> attribute);

    /**
     * Reads an attribute that may be absent.
     *
     * @param name its name
     * @param otherwise the result when it is absent
     * @param <T> the type of the value
     * @return the value or the default
     */
    default <T> T getOrDefault(String name, T otherwise) {
        T value = get(name);
        return value == null ? otherwise : value;
    }

    /**
     * Reads a declared attribute that may be absent.
     *
     * @param attribute its name and type
     * @param otherwise the result when it is absent
     * @param <T> the type of the value
     * @return the value or the default
     */
    default <T> T getOrDefault(Attribute<T> attribute, T otherwise) {
        T value = get(attribute);
        return value == null ? otherwise : value;
    }

    /**
     * Sets an attribute.
     *
     * @param name its name
     * @param value its value; null removes it
     */
    void put(String name, @Nullable Object value);

    /**
     * Sets a declared attribute.
     *
     * @param attribute its name and type
     * @param value its value; null removes it
     * @param <T> the type of the value
     */
    <T> void put(Attribute<T> attribute, @Nullable T value);

    /**
     * Removes an attribute; no error when it is absent.
     *
     * @param name its name
     * @param <T> the type that the caller takes it for
     * @return the value it had, or null
     */
    @SuppressWarnings("TypeParameterUnusedInFormals") // the caller says what it takes the value for
    <T> @Nullable T remove(String name);

    /**
     * Removes a declared attribute; no error when it is absent.
     *
     * @param attribute its name and type
     * @param <T> the type of the value
     * @return the value it had, or null
     */
    <T> @Nullable T remove(Attribute<T> attribute);

    /**
     * Whether an attribute is present, without decoding it.
     *
     * @param name its name
     * @return true when present
     */
    boolean contains(String name);

    /**
     * Reads an attribute, setting it first when it is absent. The returned value may be changed in place.
     *
     * @param name its name
     * @param supplier makes the value; called again when a save is replayed on a session where it is still absent
     * @param <T> the type of the value
     * @return the value, new or old
     */
    <T> T computeIfAbsent(String name, Supplier<? extends T> supplier);

    /**
     * Reads a declared attribute, setting it first when it is absent. The returned value may be changed in place.
     *
     * @param attribute its name and type
     * @param supplier makes the value; called again when a save is replayed on a session where it is still absent
     * @param <T> the type of the value
     * @return the value, new or old
     */
    <T> T computeIfAbsent(Attribute<T> attribute, Supplier<? extends T> supplier);

    /**
     * Changes an attribute by a function of its value. When another request saved first, the function is applied again,
     * to what that request stored: a count is never lost. So it may run several times, and must do nothing but compute.
     *
     * @param name its name
     * @param function from the old value, null when absent, to the new one, null to remove it
     * @param <T> the type of the value
     * @return the new value
     */
    <T> @Nullable T compute(String name, UnaryOperator<@Nullable T> function);

    /**
     * Changes a declared attribute by a function of its value, applied again when another request saved first.
     *
     * @param attribute its name and type
     * @param function from the old value, null when absent, to the new one, null to remove it
     * @param <T> the type of the value
     * @return the new value
     */
    <T> @Nullable T compute(Attribute<T> attribute, UnaryOperator<@Nullable T> function);

    /**
     * Leaves a value for the next request that takes it, such as a notice for the page after a redirect. It is no
     * attribute: {@link #attributes()} does not show it, and its name is one of its own.
     *
     * @param name its name
     * @param value its value, in place of one that nobody has taken; null removes that
     */
    void flash(String name, @Nullable Object value);

    /**
     * Leaves a value of a declared type for the next request that takes it.
     *
     * @param attribute its name and type
     * @param value its value, in place of one that nobody has taken; null removes that
     * @param <T> the type of the value
     */
    <T> void flash(Attribute<T> attribute, @Nullable T value);

    /**
     * Takes a value that an earlier request left by {@link #flash(String, Object)}. It is taken once: of requests that
     * try at the same time exactly one gets it. To know which, this saves the session at subscription, with all its
     * changes; when there is nothing to take there is no store call. Errors are those of {@link #save()}: nobody gets a
     * value whose removal was not stored. Sessions that only their clients hold cannot tell requests at the same time
     * apart: each of them gets it.
     *
     * @param name its name
     * @param <T> the type that the caller takes it for
     * @return the value; empty when there is none
     */
    @SuppressWarnings("TypeParameterUnusedInFormals") // the caller says what it takes the value for
    <T> Mono<T> takeFlash(String name);

    /**
     * Takes a value of a declared type that an earlier request left.
     *
     * @param attribute its name and type
     * @param <T> the type of the value
     * @return the value; empty when there is none
     */
    <T> Mono<T> takeFlash(Attribute<T> attribute);

    /** Removes all attributes. The session itself, its principal and its token stay. */
    void clear();

    /**
     * All attributes as a live map: what is changed in it is changed here.
     *
     * @return a view, which decodes what is read through it
     */
    Map<String, Object> attributes();

    /**
     * Names the user this session belongs to from now on, and rotates its token.
     *
     * @param principal the user name, not empty, at most 512 characters
     */
    void login(String principal);

    /**
     * Gives this session to another user on behalf of the one that it belongs to, and rotates its token. Both names are
     * kept: {@link #principal()} is the other user, {@link #actor()} the one who acts. {@link #login} with the name of
     * the actor leads back; any login or logout forgets it.
     *
     * @param principal the other user
     * @throws IllegalStateException when the session belongs to nobody
     */
    void actAs(String principal);

    /**
     * The user who acts as {@link #principal()}.
     *
     * @return empty unless somebody does
     */
    Optional<String> actor();

    /**
     * Takes the user's name off this session and rotates its token; the attributes stay. {@link #invalidate()} ends it
     * whole.
     */
    void logout();

    /** Gives this session a new token when it is saved; the old one is dead from then on. Id and attributes stay. */
    void rotate();

    /**
     * Ends this session: its data is deleted and the client's cookie removed. An attribute put afterwards begins a new
     * session.
     */
    void invalidate();

    /** Creates this session when it is saved, even when nothing is put into it. */
    void start();

    /** Stores a mark, to find out on the next request whether the client keeps cookies. */
    void setTestCookie();

    /**
     * Whether the mark of {@link #setTestCookie()} came back.
     *
     * @return true when the client keeps cookies
     */
    boolean testCookieWorked();

    /** Removes the mark of {@link #setTestCookie()}. */
    void deleteTestCookie();

    /**
     * Stores what has changed. Work starts at subscription; nothing changed means no store call. Without this, the same
     * happens before the response is committed. Errors: {@link SessionException}, among them {@code Gone} when the
     * session was ended elsewhere and {@code Undeliverable} when a token would be needed after the response was
     * committed. Changes that could not be stored stay in this session, and is tried once more before the response is
     * committed, unless that is a 5xx or the changes were taken back. Cancelling leaves the old state or the new one.
     * May be subscribed concurrently: the saves run one after the other.
     *
     * @return completes when stored
     */
    Mono<Void> save();

    /**
     * Completes when this session ends, on whichever node and for whatever reason: it was invalidated or terminated, or
     * its deadline has passed. Meant for responses that stay open: {@code stream.takeUntilOther(session.ended())}. Work
     * starts at subscription: it looks at the record, and again when a node tells of its end, at its deadline, and at
     * the interval {@code reactive-session.ended.check-interval}. A session that is never stored counts as ended at the
     * first such interval. A store that is away ends nothing. {@link SessionException.Misconfigured} says when nobody
     * can find out, because only the client holds the session. Cancelling frees what it held.
     *
     * @return completes when there is no such session any more
     */
    Mono<Void> ended();

    /**
     * Keeps this session alive for as long as it is subscribed to: touches it at each interval, as a request would. Its
     * absolute deadline stays. Meant for responses that stay open. A store that is away is asked again at the next
     * interval. {@link SessionException.Misconfigured} says when the interval cannot keep it alive, or when the
     * deadline is sealed in the client's token. Cancelling stops it.
     *
     * @param interval 100 milliseconds to 1 day, and shorter than the idle timeout
     * @return completes when there is no such session any more
     */
    Mono<Void> keepAlive(Duration interval);
}
