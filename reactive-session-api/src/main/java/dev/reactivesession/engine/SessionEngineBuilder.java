package dev.reactivesession.engine;

import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.SessionPolicies;
import dev.reactivesession.Sessions;
import dev.reactivesession.codec.JsonSessionCodec;
import dev.reactivesession.codec.SessionCodec;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.PrincipalRevocation;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionVault;
import dev.reactivesession.store.SessionsByPrincipal;
import java.security.DrbgParameters;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Gathers the parts of a {@link SessionEngine}; every part has a default. */
public final class SessionEngineBuilder {

    private static final int SECURITY_STRENGTH = 256;

    private final @Nullable SessionStore store;

    private final @Nullable SessionVault vault;

    SessionLimits limits = SessionLimits.defaults();

    SessionPolicies policies = SessionPolicies.defaults();

    SessionCodec codec = new JsonSessionCodec();

    SweepSettings sweep = SweepSettings.defaults();

    Clock clock = Clock.systemUTC();

    SecureRandom random = unblockedRandom();

    Scheduler scheduler = Schedulers.parallel();

    Consumer<SessionEvent> listener = event -> {};

    SessionProbe probe = SessionProbe.NONE;

    PrincipalSource principals = PrincipalSource.NONE;

    private @Nullable PrincipalRevocation revocation;

    SessionEngineBuilder(@Nullable SessionStore store, @Nullable SessionVault vault) {
        this.store = store;
        this.vault = vault;
    }

    /**
     * The bounds of every session.
     *
     * @param choice the limits
     * @return this
     */
    public SessionEngineBuilder limits(SessionLimits choice) {
        limits = choice;
        return this;
    }

    /**
     * The choices of the application.
     *
     * @param choice the policies
     * @return this
     */
    public SessionEngineBuilder policies(SessionPolicies choice) {
        policies = choice;
        return this;
    }

    /**
     * The stored form of attributes.
     *
     * @param choice the codec
     * @return this
     */
    public SessionEngineBuilder codec(SessionCodec choice) {
        codec = choice;
        return this;
    }

    /**
     * How expired sessions are removed.
     *
     * @param choice the settings
     * @return this
     */
    public SessionEngineBuilder sweep(SweepSettings choice) {
        sweep = choice;
        return this;
    }

    /**
     * The one clock that decides about every deadline.
     *
     * @param choice the clock
     * @return this
     */
    public SessionEngineBuilder clock(Clock choice) {
        clock = choice;
        return this;
    }

    /**
     * Where ids and secrets come from.
     *
     * @param choice a generator that does not block
     * @return this
     */
    public SessionEngineBuilder random(SecureRandom choice) {
        random = choice;
        return this;
    }

    /**
     * Where timeouts, pauses, the sweep schedule and event streams run.
     *
     * @param choice the scheduler
     * @return this
     */
    public SessionEngineBuilder scheduler(Scheduler choice) {
        scheduler = choice;
        return this;
    }

    /**
     * Told of every event at once, on the thread where it happens; must not block. {@link Sessions#events()} is for everybody else.
     *
     * @param choice the listener
     * @return this
     */
    public SessionEngineBuilder listener(Consumer<SessionEvent> choice) {
        listener = choice;
        return this;
    }

    /**
     * Watches loads, commits and every operation of the store.
     *
     * @param choice the probe
     * @return this
     */
    public SessionEngineBuilder probe(SessionProbe choice) {
        probe = choice;
        return this;
    }

    /**
     * Lets the principal of a session follow one of its attributes.
     *
     * @param choice which attribute, and how to read it
     * @return this
     */
    public SessionEngineBuilder principals(PrincipalSource choice) {
        principals = choice;
        return this;
    }

    /**
     * Ends the sessions of a user that nobody can list, for a vault that keeps no records.
     *
     * @param choice remembers what was ended
     * @return this
     */
    public SessionEngineBuilder revocation(PrincipalRevocation choice) {
        revocation = choice;
        return this;
    }

    /**
     * Puts the parts together.
     *
     * @return the engine
     * @throws SessionException.Misconfigured when the parts contradict each other
     */
    public SessionEngine build() {
        return new SessionEngine(this);
    }

    SessionVault vault(StoreGuard guard) {
        if (vault != null) {
            return GuardedVault.over(vault, guard);
        }
        SessionStore bounded = new BoundedStore(Objects.requireNonNull(store, "store"), guard);
        return GuardedVault.overBounded(new KeyedSessionVault(bounded, random, limits.renewal()), guard);
    }

    UserLimit userLimit(SessionEngine engine) {
        SessionLimits.PerPrincipal limit = limits.perPrincipal();
        if (limit == null) {
            return UserLimit.NONE;
        }
        SessionsByPrincipal byPrincipal =
                store == null ? null : store.power(SessionsByPrincipal.class).orElse(null);
        if (store != null && byPrincipal != null) {
            return new UserLimit.Counted(limit, store, byPrincipal, engine);
        }
        throw new SessionException.Misconfigured(
                "reactive-session.max-per-principal.maximum is set, but this store cannot find the sessions of a user; remove it, or"
                        + " choose a reactive-session.store that can (redis: only with reactive-session.redis.index=true)",
                null);
    }

    @Nullable
    SessionSweeper sweeper(StoreGuard guard, Consumer<SessionId> removed) {
        if (store != null) {
            return store.power(ExpiredSessions.class)
                    .map(expired -> sweeperOver(expired, guard, removed))
                    .orElse(null);
        }
        // what is swept here is no session, so that nobody is told that one has expired
        return Optional.ofNullable(revocation)
                .flatMap(PrincipalRevocation::outdated)
                .map(outdated -> sweeperOver(outdated, guard, id -> {}))
                .orElse(null);
    }

    private SessionSweeper sweeperOver(ExpiredSessions expired, StoreGuard guard, Consumer<SessionId> removed) {
        return new SessionSweeper(expired, sweep, guard, clock, scheduler, random, removed);
    }

    Sessions sessions(SessionEngine engine, @Nullable SessionSweeper sweeper) {
        return store == null
                ? new UnlistedSessions(engine, revocation, sweeper)
                : new StoredSessions(engine, store, sweeper);
    }

    /** The platform's default reads from a device file, which blocks; this one reads once, here. */
    private static SecureRandom unblockedRandom() {
        try {
            SecureRandom random = SecureRandom.getInstance(
                    "DRBG", DrbgParameters.instantiation(SECURITY_STRENGTH, DrbgParameters.Capability.NONE, null));
            random.nextBytes(new byte[SessionId.BYTES]);
            return random;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has a DRBG", impossible);
        }
    }
}
