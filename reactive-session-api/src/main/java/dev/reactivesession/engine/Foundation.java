package dev.reactivesession.engine;

import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits.PerPrincipal;
import dev.reactivesession.Sessions;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.PrincipalRevocation;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionSignals;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionVault;
import dev.reactivesession.store.SessionsByPrincipal;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * The thing an engine stands on: a store of records, or a vault of another kind. It makes all that depends on which.
 */
sealed interface Foundation {

    SessionVault vault(StoreGuard guard, RecordRules rules, SecureRandom random);

    UserLimit userLimit(
            PerPrincipal limit, StoreGuard guard, SessionEvents events, Predicate<SessionRecord> impersonated);

    /** No limit where none is set. */
    default UserLimit limited(
            @Nullable PerPrincipal limit,
            StoreGuard guard,
            SessionEvents events,
            Predicate<SessionRecord> impersonated) {
        return limit == null ? UserLimit.NONE : userLimit(limit, guard, events, impersonated);
    }

    /** The store, or null where clients hold their sessions themselves. */
    @Nullable
    SessionStore store(StoreGuard guard);

    /** The records that a sweep removes, and who is told of each; null where there is nothing to sweep. */
    @Nullable
    Swept swept(SessionEvents events);

    /** The channel between nodes, if the store has one. */
    Optional<SessionSignals> signals();

    SessionEnds ends(StoreGuard guard, RecordRules rules, EndWatch watch, SessionEvents events, Scheduler scheduler);

    Sessions sessions(
            StoreGuard guard,
            SessionLoader loader,
            SessionEvents events,
            SessionEnds ends,
            @Nullable SessionSweeper sweeper,
            ExportedSessions exported);

    /**
     * The things that a sweep removes.
     *
     * @param expired finds and removes them
     * @param removed told of each
     */
    record Swept(ExpiredSessions expired, Consumer<SessionId> removed) {}

    /**
     * Records in a store.
     *
     * @param store the store
     */
    record OverStore(SessionStore store) implements Foundation {

        @Override
        public SessionVault vault(StoreGuard guard, RecordRules rules, SecureRandom random) {
            return new KeyedSessionVault(store, guard, rules, random);
        }

        @Override
        public SessionStore store(StoreGuard guard) {
            return new GuardedStore(store, guard);
        }

        @Override
        public UserLimit userLimit(
                PerPrincipal limit, StoreGuard guard, SessionEvents events, Predicate<SessionRecord> impersonated) {
            SessionsByPrincipal byPrincipal =
                    store.power(SessionsByPrincipal.class).orElseThrow(Foundation::noListing);
            return new UserLimit.Counted(limit, store, byPrincipal, guard, events, new RecentUses(), impersonated);
        }

        @Override
        public @Nullable Swept swept(SessionEvents events) {
            return store.power(ExpiredSessions.class)
                    .map(expired ->
                            new Swept(expired, id -> events.publish(new SessionEvent.Expired(events.now(), id))))
                    .orElse(null);
        }

        @Override
        public Optional<SessionSignals> signals() {
            return store.power(SessionSignals.class);
        }

        @Override
        public SessionEnds ends(
                StoreGuard guard, RecordRules rules, EndWatch watch, SessionEvents events, Scheduler scheduler) {
            return new StoredEnds(store, guard, rules, watch, events, scheduler);
        }

        @Override
        public Sessions sessions(
                StoreGuard guard,
                SessionLoader loader,
                SessionEvents events,
                SessionEnds ends,
                @Nullable SessionSweeper sweeper,
                ExportedSessions exported) {
            return new StoredSessions(store, guard, loader, events, ends, sweeper, exported);
        }
    }

    /**
     * A vault that keeps no records, such as one that seals them into the token.
     *
     * @param vault the vault
     * @param revocation remembers the sessions that were ended, or null
     */
    record OverVault(SessionVault vault, @Nullable PrincipalRevocation revocation) implements Foundation {

        OverVault(SessionVault vault) {
            this(vault, null);
        }

        @Override
        public SessionVault vault(StoreGuard guard, RecordRules rules, SecureRandom random) {
            return new GuardedVault(vault, guard);
        }

        @Override
        public @Nullable SessionStore store(StoreGuard guard) {
            return null;
        }

        @Override
        public UserLimit userLimit(
                PerPrincipal limit, StoreGuard guard, SessionEvents events, Predicate<SessionRecord> impersonated) {
            throw noListing();
        }

        /** The things swept here are no sessions, so no event says that one has expired. */
        @Override
        public @Nullable Swept swept(SessionEvents events) {
            return revocation == null
                    ? null
                    : revocation
                            .outdated()
                            .map(outdated -> new Swept(outdated, id -> {}))
                            .orElse(null);
        }

        @Override
        public Optional<SessionSignals> signals() {
            return Optional.empty();
        }

        @Override
        public SessionEnds ends(
                StoreGuard guard, RecordRules rules, EndWatch watch, SessionEvents events, Scheduler scheduler) {
            return new SealedEnds(revocation, guard, rules, watch);
        }

        @Override
        public Sessions sessions(
                StoreGuard guard,
                SessionLoader loader,
                SessionEvents events,
                SessionEnds ends,
                @Nullable SessionSweeper sweeper,
                ExportedSessions exported) {
            return new UnlistedSessions(events, ends, revocation, sweeper);
        }
    }

    private static SessionException noListing() {
        return new SessionException.Misconfigured(
                "reactive-session.max-per-principal.maximum is set, but this store cannot find the sessions of a user;"
                        + " remove it, or choose a reactive-session.store that can"
                        + " (redis: only with reactive-session.redis.index=true)",
                null);
    }
}
