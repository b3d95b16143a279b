package dev.reactivesession.boot;

import dev.reactivesession.ConflictPolicy;
import dev.reactivesession.OriginPart;
import dev.reactivesession.SessionLimits.PerPrincipal.Action;
import dev.reactivesession.UnreadablePolicy;
import dev.reactivesession.engine.SignalSettings.Carried;
import dev.reactivesession.store.moving.MovingStage;
import dev.reactivesession.web.SameSite;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings. A missing one has the default of the library, or the value in {@code server.reactive.session}.
 *
 * @param enabled Whether sessions are configured at all.
 * @param store Where sessions are kept. Needed when several modules are on the class path.
 * @param idleTimeout How long a session lives unused: 1s to 3650d. Default 30m.
 * @param absoluteTimeout How long a session lives at most, however busy it is: 1s to 3650d, or none. Default 12h.
 * @param touchInterval How far the recorded last use may lag behind. Default a tenth of the idle timeout, at most a
 * minute.
 * @param storeTimeout How long one store operation may take: 1ms to 1m. Default 2s.
 * @param maxReplays How often a save is replayed when other requests saved first: 1 to 1000. Default 64.
 * @param extendOnAccess Whether reading a session moves its idle deadline.
 * @param onConflict The rule for two requests that set one place to different values.
 * @param onUnreadable The rule for a stored attribute that cannot be decoded.
 * @param saveOnServerError Whether changes are stored when the response is a 5xx.
 * @param renewal Periodic renewal of the token.
 * @param remember Sessions that outlive the closing of the browser.
 * @param origin What is noted about where sessions are used from: address, short-address, agent. Default nothing.
 * @param maxPerPrincipal How many sessions a user may have at once.
 * @param cookie The session cookie.
 * @param header A header instead of the cookie.
 * @param sealed Sessions sealed in the cookie.
 * @param json The types and sizes that may be stored.
 * @param sweep Removal of expired sessions.
 * @param memory The store in memory.
 * @param tiered Redis in front of a table.
 * @param moving Another store, from which sessions move to this one.
 * @param nearCache Copies in the memory of each node.
 * @param signals The events that this node tells the others of, and hears of from them.
 * @param ended Streams that wait for the end of their session.
 */
@ConfigurationProperties("reactive-session")
public record SessionProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String store,
        @Nullable Duration idleTimeout,
        @Nullable TimeoutOrNone absoluteTimeout,
        @Nullable Duration touchInterval,
        @Nullable Duration storeTimeout,
        @Nullable Integer maxReplays,
        @DefaultValue("true") boolean extendOnAccess,
        @DefaultValue("last-writer-wins") ConflictPolicy onConflict,
        @DefaultValue("treat-as-absent") UnreadablePolicy onUnreadable,
        @DefaultValue("false") boolean saveOnServerError,
        @DefaultValue Renewal renewal,
        @DefaultValue Remember remember,
        @DefaultValue Set<OriginPart> origin,
        @DefaultValue MaxPerPrincipal maxPerPrincipal,
        @DefaultValue Cookie cookie,
        @DefaultValue Header header,
        @DefaultValue Sealed sealed,
        @DefaultValue Json json,
        @DefaultValue Sweep sweep,
        @DefaultValue Memory memory,
        @DefaultValue Tiered tiered,
        @DefaultValue Moving moving,
        @DefaultValue NearCache nearCache,
        @DefaultValue("none") Carried signals,
        @DefaultValue Ended ended) {

    /**
     * Periodic renewal of the token.
     *
     * @param every The age at which a token is replaced: 1s to 3650d. Never, unless set.
     * @param grace How long the replaced token is still taken, for requests already under way: at most 1m.
     */
    public record Renewal(
            @Nullable Duration every, @DefaultValue("10s") Duration grace) {}

    /**
     * Sessions that outlive the closing of the browser.
     *
     * @param max How long a session may be remembered at most: 1s to 400d. Default 400d.
     */
    public record Remember(@Nullable Duration max) {}

    /**
     * How many sessions a user may have at once.
     *
     * @param maximum How many sessions a user may have: 1 to 1000. Any number, unless set.
     * @param action The rule for one more.
     */
    public record MaxPerPrincipal(
            @Nullable Integer maximum,
            @DefaultValue("end-oldest") Action action) {}

    /**
     * The session cookie. Missing settings are taken from server.reactive.session.cookie.
     *
     * @param name Its name. With the prefix __Host- it is secure, on path / and without a domain. Default
     * __Host-session.
     * @param path Its path. Default /.
     * @param domain Its domain. Default none: this host alone.
     * @param secure Whether it travels over TLS only. Default true; false is the one switch for development over
     * plain http.
     * @param sameSite Whether other sites' requests carry it. Default lax.
     * @param maxAge How long the browser keeps it: 1s to 400d. Default: until it is closed.
     * @param partitioned Whether each embedding site has its own. Default false.
     */
    public record Cookie(
            @Nullable String name,
            @Nullable String path,
            @Nullable String domain,
            @Nullable Boolean secure,
            @Nullable SameSite sameSite,
            @Nullable Duration maxAge,
            @Nullable Boolean partitioned) {}

    /**
     * A header instead of the cookie.
     *
     * @param name The name of the header, such as X-Session-Token. A cookie is used unless it is set.
     */
    public record Header(@Nullable String name) {}

    /**
     * Sessions sealed in the cookie.
     *
     * @param chunks How many cookies one session may take: 1 to 5.
     */
    public record Sealed(@DefaultValue("1") int chunks) {}

    /**
     * The types and sizes that may be stored.
     *
     * @param allowedPackages Packages whose classes may be stored, subpackages included.
     * @param allowedTypes Classes that may be stored, by their full name.
     * @param renamedTypes Classes that stored sessions name as they were called before: old name, an arrow of - and
     * greater-than, new name.
     * @param maxPayload The largest session: 1KB to 64MB. Default 1MB.
     * @param maxDepth How deep values may be nested: 8 to 500. Default 200.
     * @param maxAttributes How many attributes a session may have: 1 to 100000. Default 1000.
     */
    public record Json(
            @DefaultValue Set<String> allowedPackages,
            @DefaultValue Set<String> allowedTypes,
            @DefaultValue Set<String> renamedTypes,
            @Nullable DataSize maxPayload,
            @Nullable Integer maxDepth,
            @Nullable Integer maxAttributes) {}

    /**
     * Removal of expired sessions.
     *
     * @param enabled Whether this node sweeps on schedule.
     * @param interval The pause between two sweeps: 1s to 1d, give or take a tenth.
     * @param batchSize How many sessions one deletion removes at most: 1 to 10000.
     * @param maxClockDifference How far this node's clock may be from the store's for a sweep to begin: 1s to 1h.
     */
    public record Sweep(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("1m") Duration interval,
            @DefaultValue("1000") int batchSize,
            @DefaultValue("1m") Duration maxClockDifference) {}

    /**
     * The store in memory.
     *
     * @param maxSessions How many sessions are kept at most. Default 100000.
     */
    public record Memory(@Nullable Integer maxSessions) {}

    /**
     * Redis in front of a table.
     *
     * @param maxAge How long a copy is served after the table confirmed it: no node sees a write of another later
     * than this. Default 30s.
     * @param cacheTimeout How long an operation waits for Redis before it does without. Default 100ms.
     * @param durableTimeout How long an operation waits for the table. Default 1500ms.
     * @param outageReads How old a copy may be that is served while the table is down. Default 0: such a read fails.
     */
    public record Tiered(
            @Nullable Duration maxAge,
            @Nullable Duration cacheTimeout,
            @Nullable Duration durableTimeout,
            @Nullable Duration outageReads) {}

    /**
     * Another store, from which sessions move to this one, without a logout.
     *
     * @param from The store that sessions come from, such as redis. They do not move unless it is set.
     * @param stage The stage of the move. Every node is in prepare before any node is in move.
     */
    public record Moving(@Nullable String from, @Nullable MovingStage stage) {}

    /**
     * Copies in the memory of each node, in front of a store that the nodes share. Needs Caffeine.
     *
     * @param size How much memory the copies may take, such as 64MB. There are none unless it is set.
     * @param maxAge How long a copy is served after the store confirmed it: no node sees a write of another later
     * than this. Default 1s.
     */
    public record NearCache(
            @Nullable DataSize size, @Nullable Duration maxAge) {}

    /**
     * Streams that wait for the end of their session.
     *
     * @param checkInterval When they look at the record again at the latest: 100ms to 1h.
     * @param withShutdown Whether they end when the application shuts down, so that it does not wait for them.
     */
    public record Ended(
            @DefaultValue("30s") Duration checkInterval,
            @DefaultValue("false") boolean withShutdown) {}
}
