package dev.reactivesession.engine;

import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionEvent.Refused.Reason;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionPolicies;
import dev.reactivesession.SessionToken;
import dev.reactivesession.Sessions;
import dev.reactivesession.codec.SessionCodec;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.Opening.Opened;
import dev.reactivesession.store.Opening.Rejected;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionVault;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Turns what a client presents into a session, and what was done to a session into one store call. Built once for an application: see
 * {@link #over(SessionStore)} and {@link #sealing(SessionVault)}.
 */
public final class SessionEngine {

    private static final int LONGEST_PAUSE_MILLIS = 64;

    private final SessionVault vault;

    private final @Nullable SessionStore store;

    private final SessionCodec codec;

    private final SessionLimits limits;

    private final SessionPolicies policies;

    private final Clock clock;

    private final SecureRandom random;

    private final Scheduler scheduler;

    private final StoreGuard guard;

    private final SessionProbe probe;

    private final PrincipalSource principals;

    private final SessionEvents events;

    private final UserLimit userLimit;

    private final @Nullable SessionSweeper sweeper;

    private final Sessions sessions;

    SessionEngine(SessionEngineBuilder parts) {
        this.limits = parts.limits;
        this.policies = parts.policies;
        this.clock = parts.clock;
        this.random = parts.random;
        this.scheduler = parts.scheduler;
        this.codec = parts.codec;
        this.guard = new StoreGuard(limits.storeTimeout(), scheduler, parts.probe);
        this.probe = parts.probe;
        this.principals = parts.principals;
        this.events = new SessionEvents(parts.listener, scheduler);
        this.vault = parts.vault(guard);
        this.store = parts.bounded(guard);
        this.userLimit = parts.userLimit(this);
        this.sweeper = parts.sweeper(guard, id -> publish(new SessionEvent.Expired(now(), id)));
        this.sessions = parts.sessions(this, sweeper);
    }

    /**
     * Begins an engine that keeps sessions in a store and gives out tokens of id and secret.
     *
     * @param store where records are kept
     * @return a builder with every default
     */
    public static SessionEngineBuilder over(SessionStore store) {
        return new SessionEngineBuilder(store, null);
    }

    /**
     * Begins an engine over a vault of another kind, such as one that seals the record into the token.
     *
     * @param vault turns tokens into records and back
     * @return a builder with every default
     */
    public static SessionEngineBuilder sealing(SessionVault vault) {
        return new SessionEngineBuilder(null, vault);
    }

    /**
     * The session of one exchange, not loaded yet: this does no work at all.
     *
     * @param carrier carries tokens between the client and this engine
     * @return the session
     */
    public LazySession session(TokenCarrier carrier) {
        return new LazySession(this, carrier);
    }

    /**
     * The sessions outside of any exchange.
     *
     * @return the sessions
     */
    public Sessions sessions() {
        return sessions;
    }

    /**
     * The sweeper, where the store can stream what has expired. It is not started.
     *
     * @return the sweeper, or empty
     */
    public Optional<SessionSweeper> sweeper() {
        return Optional.ofNullable(sweeper);
    }

    /**
     * The store, for records that belong to sessions without being one. Every operation is bounded by the store timeout.
     *
     * @return the store, or empty where clients hold their sessions themselves
     */
    public Optional<SessionStore> store() {
        return Optional.ofNullable(store);
    }

    /**
     * How large the attributes of a session are in their stored form.
     *
     * @param session a session of this engine
     * @return bytes, as of its last load or save; 0 for one that is not stored
     */
    public int storedBytes(Session session) {
        return session instanceof WorkingSession working ? working.storedBytes() : 0;
    }

    /**
     * The bounds of every session.
     *
     * @return the limits
     */
    public SessionLimits limits() {
        return limits;
    }

    /**
     * The one clock that decides about every deadline.
     *
     * @return the clock
     */
    public Clock clock() {
        return clock;
    }

    Mono<WorkingSession> load(TokenCarrier carrier) {
        List<SessionToken> presented = carrier.presented();
        if (presented.isEmpty()) {
            return Mono.fromSupplier(() -> WorkingSession.fresh(this, carrier));
        }
        return presented.size() == 1
                ? vault.open(presented.get(0), now()).map(opening -> openedOrFresh(opening, carrier))
                : firstOf(presented, carrier);
    }

    private WorkingSession openedOrFresh(Opening opening, TokenCarrier carrier) {
        WorkingSession session = opened(opening, carrier);
        return session == null ? WorkingSession.fresh(this, carrier) : session;
    }

    private Mono<WorkingSession> firstOf(List<SessionToken> presented, TokenCarrier carrier) {
        return Flux.fromIterable(presented)
                .concatMap(token -> vault.open(token, now()), 1)
                .<WorkingSession>handle((opening, sink) -> {
                    WorkingSession session = opened(opening, carrier);
                    if (session != null) {
                        sink.next(session);
                    }
                })
                .next()
                .switchIfEmpty(Mono.fromSupplier(() -> WorkingSession.fresh(this, carrier)));
    }

    private @Nullable WorkingSession opened(Opening opening, TokenCarrier carrier) {
        if (opening instanceof Rejected rejected) {
            publish(new SessionEvent.Refused(now(), rejected.reason()));
            return null;
        }
        Opened opened = (Opened) opening;
        if (opened.renewalDue()) {
            publish(new SessionEvent.TokenOutdated(now(), opened.record().id()));
        }
        return alive(opened.record(), carrier, opened.renewalDue());
    }

    /** A working copy, or null when the record has expired or its payload cannot be read; the record is left as it is. */
    @Nullable
    WorkingSession alive(SessionRecord record, TokenCarrier carrier, boolean renewalDue) {
        Instant now = now();
        if (isExpired(record, now)) {
            publish(new SessionEvent.Expired(now, record.id()));
            return null;
        }
        try {
            return WorkingSession.of(this, carrier, record, renewalDue);
        } catch (SessionException.Unreadable error) {
            publish(new SessionEvent.Unreadable(now, record.id(), null));
            publish(new SessionEvent.Refused(now, Reason.UNREADABLE));
            return null;
        }
    }

    private boolean isExpired(SessionRecord record, Instant now) {
        Instant deadline = limits.deadline(record.createdAt(), record.lastAccessedAt(), record.idleTimeout());
        return record.isExpiredAt(now) || !now.isBefore(deadline);
    }

    boolean isTouchDue(SessionRecord record, Instant now) {
        if (!policies.extendOnAccess()) {
            return false;
        }
        Duration interval = touchInterval(record.idleTimeout());
        return !record.lastAccessedAt().plus(interval).isAfter(now);
    }

    private Duration touchInterval(Duration idleTimeout) {
        if (idleTimeout.compareTo(limits.idleTimeout()) >= 0) {
            return limits.touchInterval();
        }
        // by number, because to divide a Duration takes decimal arithmetic
        Duration tenth = Duration.ofMillis(idleTimeout.toMillis() / 10);
        return tenth.compareTo(limits.touchInterval()) < 0 ? tenth : limits.touchInterval();
    }

    /**
     * Every other replay follows at once, because what was found there is out of date after a pause, and those who pause would lose to newcomers again and
     * again. Pauses are by chance, over a range that doubles, so that many who collide once do not do so for ever.
     */
    Mono<Void> pauseBefore(int replay) {
        if (replay % 2 == 1) {
            return Mono.empty();
        }
        int range = 1 << Math.min(replay / 2, 6);
        long millis = 1L + random.nextInt(Math.min(range, LONGEST_PAUSE_MILLIS));
        return Mono.delay(Duration.ofMillis(millis), scheduler).then();
    }

    AttributeCodec attributeCodec(Supplier<SessionId> owner) {
        return new AttributeCodec(
                codec,
                policies.onUnreadable(),
                attribute -> publish(new SessionEvent.Unreadable(now(), owner.get(), attribute)));
    }

    SessionId newId() {
        byte[] bytes = new byte[SessionId.BYTES];
        random.nextBytes(bytes);
        return SessionId.of(bytes);
    }

    Instant now() {
        return clock.instant();
    }

    SessionVault vault() {
        return vault;
    }

    SessionCodec codec() {
        return codec;
    }

    SessionPolicies policies() {
        return policies;
    }

    StoreGuard guard() {
        return guard;
    }

    SessionProbe probe() {
        return probe;
    }

    PrincipalSource principals() {
        return principals;
    }

    UserLimit userLimit() {
        return userLimit;
    }

    Flux<SessionEvent> events() {
        return events.stream();
    }

    void publish(SessionEvent event) {
        events.publish(event);
    }
}
