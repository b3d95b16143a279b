package dev.reactivesession.engine;

import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.Sessions;
import dev.reactivesession.SweepReport;
import dev.reactivesession.engine.SessionProbe.Step;
import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionsByPrincipal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The sessions of a store, outside of any request. */
final class StoredSessions implements Sessions {

    private final SessionStore store;

    private final StoreGuard guard;

    private final SessionLoader loader;

    private final SessionEvents events;

    private final SessionEnds ends;

    private final @Nullable SessionSweeper sweeper;

    private final ExportedSessions exported;

    StoredSessions(
            SessionStore store,
            StoreGuard guard,
            SessionLoader loader,
            SessionEvents events,
            SessionEnds ends,
            @Nullable SessionSweeper sweeper,
            ExportedSessions exported) {
        this.store = store;
        this.guard = guard;
        this.loader = loader;
        this.events = events;
        this.ends = ends;
        this.sweeper = sweeper;
        this.exported = exported;
    }

    @Override
    public Mono<Session> find(SessionId id) {
        return Mono.defer(() -> guard.bounded(Step.FIND, store.find(id))).handle((record, sink) -> {
            Session session = alive(record);
            if (session != null) {
                sink.next(session);
            }
        });
    }

    @Override
    public Flux<String> export(String principal) {
        return recordsOf(principal).map(exported::text);
    }

    private Flux<SessionRecord> recordsOf(String principal) {
        return Flux.defer(
                () -> guard.bounded(Step.FIND_BY_PRINCIPAL, byPrincipal().findByPrincipal(principal)));
    }

    @Override
    public Flux<Session> findByPrincipal(String principal) {
        return recordsOf(principal).handle((record, sink) -> {
            Session session = alive(record);
            if (session != null) {
                sink.next(session);
            }
        });
    }

    private @Nullable Session alive(SessionRecord record) {
        return loader.alive(record);
    }

    @Override
    public Mono<Long> countByPrincipal(String principal) {
        return findByPrincipal(principal).count();
    }

    @Override
    public Mono<Session> update(SessionId id, Consumer<Session> change) {
        return find(id).flatMap(session -> {
            change.accept(session);
            return session.save().thenReturn(session).onErrorComplete(SessionException.Gone.class);
        });
    }

    @Override
    public Mono<Boolean> terminate(SessionId id) {
        return Mono.defer(() -> guard.answered(Step.DELETE, store.delete(id))).doOnNext(ended -> {
            if (ended) {
                publishEnd(id, null);
            }
        });
    }

    @Override
    public Mono<Long> terminateAll(String principal) {
        return terminateBut(principal, null);
    }

    @Override
    public Mono<Long> terminateOthers(Session current) {
        return Mono.defer(() -> current.principal()
                .map(principal -> terminateBut(principal, current.id()))
                .orElse(Mono.just(0L)));
    }

    private Mono<Long> terminateBut(String principal, @Nullable SessionId except) {
        return Flux.defer(() ->
                        guard.bounded(Step.DELETE_BY_PRINCIPAL, byPrincipal().deleteByPrincipal(principal, except)))
                .doOnNext(id -> publishEnd(id, principal))
                .count();
    }

    private void publishEnd(SessionId id, @Nullable String principal) {
        events.publish(new SessionEvent.Invalidated(events.now(), id, principal));
    }

    @Override
    public Mono<Long> terminateEverybody() {
        return Mono.defer(() -> guard.patient(
                        Step.DELETE_ALL,
                        power(AllSessions.class, "end all sessions at once").deleteAll()))
                .doOnNext(count -> events.publish(new SessionEvent.AllEnded(events.now())));
    }

    @Override
    public Mono<Void> ended(SessionId id) {
        return ends.ended(id);
    }

    @Override
    public Flux<SweepReport> sweep() {
        return Flux.defer(() -> sweeper == null ? Flux.error(lacks("stream expired sessions")) : sweeper.sweep());
    }

    @Override
    public Flux<SessionEvent> events() {
        return events.stream();
    }

    @Override
    public Flux<SessionEvent> eventsOfAllNodes() {
        return events.streamOfAllNodes();
    }

    private SessionsByPrincipal byPrincipal() {
        return power(SessionsByPrincipal.class, "find sessions by principal");
    }

    private <P> P power(Class<P> power, String what) {
        return store.power(power).orElseThrow(() -> lacks(what));
    }

    private SessionException.Misconfigured lacks(String what) {
        return new SessionException.Misconfigured(
                "the store " + store.getClass().getSimpleName() + " cannot " + what
                        + "; choose a store that can, or switch on its index (reactive-session.redis.index for Redis)",
                null);
    }
}
