package dev.reactivesession.boot;

import dev.reactivesession.Session;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionOrigins;
import dev.reactivesession.Sessions;
import dev.reactivesession.SweepReport;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.SessionSweeper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

/**
 * Sessions for those who look after them: found by user or by id, ended, swept. Shows names of attributes, and their
 * values only where {@code management.endpoint.reactivesessions.show-values} asks for it; never a token, of which the
 * server has none. Off unless {@code management.endpoint.reactivesessions.access} says otherwise.
 */
@Endpoint(id = "reactivesessions", defaultAccess = Access.NONE)
public final class ReactiveSessionsEndpoint {

    private static final int MOST_LISTED = 1000;

    private static final int BATCHES = 100;

    private static final String FORBIDDEN =
            "{\"error\":\"an export shows values: management.endpoint.reactivesessions.show-values is not true\"}";

    private static final String TOO_MANY =
            "{\"error\":\"the user has more than 1000 sessions: Sessions.export(principal) streams them\"}";

    private final SessionEngine engine;

    private final Sessions sessions;

    private final boolean showValues;

    ReactiveSessionsEndpoint(SessionEngine engine, Sessions sessions, boolean showValues) {
        this.engine = engine;
        this.sessions = sessions;
        this.showValues = showValues;
    }

    /**
     * How sweeping goes, and the sessions of a user.
     *
     * @param principal the user, or null for no sessions
     * @return at most a thousand sessions
     */
    @ReadOperation
    public Mono<Overview> overview(@Nullable String principal) {
        Sweeping sweeping = new Sweeping(
                engine.sweeper().map(SessionSweeper::isStarted).orElse(false),
                engine.sweeper().flatMap(SessionSweeper::last).orElse(null));
        return principal == null
                ? Mono.just(new Overview(sweeping, null))
                : sessions.findByPrincipal(principal)
                        .take(MOST_LISTED)
                        .map(this::entry)
                        .collectList()
                        .map(entries -> new Overview(sweeping, entries));
    }

    /**
     * One session.
     *
     * @param id its id
     * @return the session, or nothing
     */
    @ReadOperation
    public Mono<Entry> session(@Selector String id) {
        return Mono.justOrEmpty(SessionId.parse(id)).flatMap(sessions::find).map(this::entry);
    }

    /**
     * Exports the data kept about a user, as an array of JSON. The deletion without an id deletes it.
     *
     * @param what {@code export}, and nothing else
     * @param principal the user
     * @return the array; forbidden where values are not to be shown, too large beyond a thousand sessions
     */
    @ReadOperation(produces = "application/json")
    public Mono<WebEndpointResponse<String>> export(@Selector String what, @Selector String principal) {
        if (!what.equals("export")) {
            return Mono.empty();
        }
        return showValues
                ? sessions.export(principal)
                        .take(MOST_LISTED + 1L)
                        .collectList()
                        .map(ReactiveSessionsEndpoint::array)
                : Mono.just(new WebEndpointResponse<>(FORBIDDEN, HttpStatus.FORBIDDEN.value()));
    }

    private static WebEndpointResponse<String> array(List<String> exported) {
        return exported.size() > MOST_LISTED
                ? new WebEndpointResponse<>(TOO_MANY, HttpStatus.CONTENT_TOO_LARGE.value())
                : new WebEndpointResponse<>("[" + String.join(",", exported) + "]");
    }

    /**
     * Ends a session.
     *
     * @param id its id
     * @return how many were ended
     */
    @DeleteOperation
    public Mono<Ended> terminate(@Selector String id) {
        return Mono.justOrEmpty(SessionId.parse(id))
                .flatMap(sessions::terminate)
                .defaultIfEmpty(false)
                .map(ended -> new Ended(ended ? 1 : 0));
    }

    /**
     * Ends every session of a user.
     *
     * @param principal the user
     * @return how many were ended, or nothing where they cannot be counted
     */
    @DeleteOperation
    public Mono<Ended> terminateAll(String principal) {
        return sessions.terminateAll(principal).map(Ended::new);
    }

    /**
     * Removes expired sessions now; what a cron job calls. Stops after a hundred batches, for the next call to go on.
     *
     * @return how far it came; {@code done} says whether anything is left
     */
    @WriteOperation
    public Mono<SweepReport> purge() {
        return sessions.sweep()
                .takeUntil(report -> report.batches() >= BATCHES && !report.done())
                .last();
    }

    private Entry entry(Session session) {
        Map<String, Object> attributes = session.attributes();
        return new Entry(
                session.id().toString(),
                session.principal().orElse(null),
                session.actor().orElse(null),
                session.createdAt(),
                session.lastAccessedAt(),
                session.expiresAt(),
                engine.storedBytes(session),
                List.copyOf(attributes.keySet()),
                showValues ? texts(attributes) : null,
                session.origins().orElse(null));
    }

    private static Map<String, String> texts(Map<String, Object> attributes) {
        Map<String, String> texts = new TreeMap<>();
        attributes.forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }

    /**
     * How sweeping goes, and the sessions that were asked for.
     *
     * @param sweep the sweeps of this node
     * @param sessions the sessions of the user, or null when none was named
     */
    public record Overview(Sweeping sweep, @Nullable List<Entry> sessions) {}

    /**
     * The sweeps of this node.
     *
     * @param scheduled whether this node sweeps on schedule
     * @param last the latest report, or null before the first
     */
    public record Sweeping(boolean scheduled, @Nullable SweepReport last) {}

    /**
     * A session.
     *
     * @param id its id
     * @param principal its user, if somebody has logged in
     * @param actor who acts as that user, or null for the user
     * @param createdAt when it began
     * @param lastAccessedAt when it was used last
     * @param expiresAt when it ends if it is not used
     * @param bytes how large its attributes are in the store
     * @param attributes the names of its attributes
     * @param values their values as text, or null when those are not to be shown
     * @param origins where it is used from, or null when that is not noted
     */
    public record Entry(
            String id,
            @Nullable String principal,
            @Nullable String actor,
            Instant createdAt,
            Instant lastAccessedAt,
            Instant expiresAt,
            int bytes,
            List<String> attributes,
            @Nullable Map<String, String> values,
            @Nullable SessionOrigins origins) {}

    /**
     * The sessions that were ended.
     *
     * @param ended how many sessions
     */
    public record Ended(long ended) {}
}
