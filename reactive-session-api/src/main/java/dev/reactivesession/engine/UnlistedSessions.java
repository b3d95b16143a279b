package dev.reactivesession.engine;

import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.Sessions;
import dev.reactivesession.SweepReport;
import java.time.Duration;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sessions that only their clients hold: nobody can list them, so that asking for one is a mistake in the configuration. */
final class UnlistedSessions implements Sessions {

    private final SessionEngine engine;

    UnlistedSessions(SessionEngine engine) {
        this.engine = engine;
    }

    @Override
    public Mono<Session> find(SessionId id) {
        return Mono.error(UnlistedSessions::noStore);
    }

    @Override
    public Flux<Session> findByPrincipal(String principal) {
        return Flux.error(UnlistedSessions::noStore);
    }

    @Override
    public Mono<Long> countByPrincipal(String principal) {
        return Mono.error(UnlistedSessions::noStore);
    }

    @Override
    public Mono<Session> update(SessionId id, Consumer<Session> change) {
        return Mono.error(UnlistedSessions::noStore);
    }

    @Override
    public Mono<Boolean> terminate(SessionId id) {
        return Mono.error(UnlistedSessions::noStore);
    }

    @Override
    public Mono<Long> terminateAll(String principal) {
        return Mono.error(UnlistedSessions::noStore);
    }

    @Override
    public Mono<Long> terminateOthers(Session current) {
        return Mono.error(UnlistedSessions::noStore);
    }

    @Override
    public Mono<Long> terminateEverybody() {
        return Mono.error(UnlistedSessions::noStore);
    }

    /** There is nothing to remove: what has expired is refused when it is presented. */
    @Override
    public Flux<SweepReport> sweep() {
        return Flux.just(new SweepReport(0, 0, Duration.ZERO, true, null));
    }

    @Override
    public Flux<SessionEvent> events() {
        return engine.events();
    }

    private static Throwable noStore() {
        return new SessionException.Misconfigured(
                "sessions sealed in the cookie are not kept on the server, so they cannot be listed, changed or ended from"
                        + " outside; choose another reactive-session.store for that",
                null);
    }
}
