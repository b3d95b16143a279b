package dev.reactivesession.engine;

import dev.reactivesession.Session;
import dev.reactivesession.SessionLimits;
import dev.reactivesession.Sessions;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionVault;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a client presents into a session, and what was done to a session into one store call. Built once for an
 * application: see {@link #over(SessionStore)} and {@link #sealing(SessionVault)}.
 */
public final class SessionEngine {

    private final SessionLimits limits;

    private final Clock clock;

    private final SessionLoader loader;

    private final @Nullable SessionStore store;

    private final @Nullable SessionSweeper sweeper;

    private final Sessions sessions;

    private final OpenStreams streams;

    SessionEngine(
            SessionLimits limits,
            Clock clock,
            SessionLoader loader,
            @Nullable SessionStore store,
            @Nullable SessionSweeper sweeper,
            Sessions sessions,
            OpenStreams streams) {
        this.limits = limits;
        this.clock = clock;
        this.loader = loader;
        this.store = store;
        this.sweeper = sweeper;
        this.sessions = sessions;
        this.streams = streams;
    }

    /**
     * Begins an engine that keeps sessions in a store and gives out tokens of id and secret.
     *
     * @param store where records are kept
     * @return a builder with every default
     */
    public static SessionEngineBuilder over(SessionStore store) {
        return new SessionEngineBuilder(new Foundation.OverStore(store));
    }

    /**
     * Begins an engine over a vault of another kind, such as one that seals the record into the token.
     *
     * @param vault turns tokens into records and back
     * @return a builder with every default
     */
    public static SessionEngineBuilder sealing(SessionVault vault) {
        return new SessionEngineBuilder(new Foundation.OverVault(vault));
    }

    /**
     * The session of one exchange, not loaded yet: this does no work at all.
     *
     * @param carrier carries tokens between the client and this engine
     * @return the session
     */
    public LazySession session(TokenCarrier carrier) {
        return new LazySession(loader, carrier);
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
     * The streams that wait for the end of their session.
     *
     * @return the streams
     */
    public OpenStreams streams() {
        return streams;
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
     * The store, for records that belong to sessions without being one. Every operation is bounded by the store
     * timeout.
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
}
