package dev.reactivesession.engine;

import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.Sessions;
import dev.reactivesession.SweepReport;
import dev.reactivesession.store.PrincipalRevocation;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sessions that only their clients hold: they cannot be listed, but a user's can be ended all at once where revocation
 * remembers it.
 */
final class UnlistedSessions implements Sessions {

    private final SessionEvents events;

    private final SessionEnds ends;

    private final @Nullable PrincipalRevocation revocation;

    private final @Nullable SessionSweeper sweeper;

    UnlistedSessions(
            SessionEvents events,
            SessionEnds ends,
            @Nullable PrincipalRevocation revocation,
            @Nullable SessionSweeper sweeper) {
        this.events = events;
        this.ends = ends;
        this.revocation = revocation;
        this.sweeper = sweeper;
    }

    @Override
    public Mono<Session> find(SessionId id) {
        return Mono.error(UnlistedSessions::unlisted);
    }

    @Override
    public Flux<Session> findByPrincipal(String principal) {
        return Flux.error(UnlistedSessions::unlisted);
    }

    @Override
    public Flux<String> export(String principal) {
        return Flux.error(
                () -> cannot("be exported: the user holds all that is kept, and terminateAll(principal) ends it"));
    }

    @Override
    public Mono<Long> countByPrincipal(String principal) {
        return Mono.error(UnlistedSessions::unlisted);
    }

    @Override
    public Mono<Session> update(SessionId id, Consumer<Session> change) {
        return Mono.error(UnlistedSessions::unlisted);
    }

    /** A revocation is found under the user of a token; the id alone does not tell who that is. */
    @Override
    public Mono<Boolean> terminate(SessionId id) {
        return Mono.error(() -> cannot("be ended by their id: end those of the user, terminateAll(principal)"));
    }

    @Override
    public Mono<Long> terminateAll(String principal) {
        return Mono.defer(() -> required().endAll(principal)).then(Mono.empty());
    }

    @Override
    public Mono<Long> terminateOthers(Session current) {
        return Mono.defer(() -> current.principal()
                .map(principal -> required().endOthers(principal, current.id()).then(Mono.<Long>empty()))
                .orElse(Mono.just(0L)));
    }

    @Override
    public Mono<Long> terminateEverybody() {
        return Mono.error(() -> cannot("be ended for everybody by a call: replace the keys"));
    }

    /** Sessions are never there to be removed: what has expired is refused when it is presented. */
    @Override
    public Flux<SweepReport> sweep() {
        return sweeper == null ? Flux.just(new SweepReport(0, 0, Duration.ZERO, true, null)) : sweeper.sweep();
    }

    @Override
    public Flux<SessionEvent> events() {
        return events.stream();
    }

    @Override
    public Flux<SessionEvent> eventsOfAllNodes() {
        return events.streamOfAllNodes();
    }

    @Override
    public Mono<Void> ended(SessionId id) {
        return ends.ended(id);
    }

    private PrincipalRevocation required() {
        if (revocation == null) {
            throw cannot("be ended from outside without revocation: set reactive-session.sealed.revocation to a store");
        }
        return revocation;
    }

    private static Throwable unlisted() {
        return cannot("be listed or changed from outside");
    }

    private static SessionException.Misconfigured cannot(String what) {
        return new SessionException.Misconfigured(
                "sessions sealed in the cookie are not kept on the server, so they cannot " + what
                        + "; or choose another reactive-session.store",
                null);
    }
}
