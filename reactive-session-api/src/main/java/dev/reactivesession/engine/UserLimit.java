package dev.reactivesession.engine;

import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionLimits.PerPrincipal;
import dev.reactivesession.SessionLimits.PerPrincipal.Action;
import dev.reactivesession.engine.SessionProbe.Step;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionsByPrincipal;
import java.util.Comparator;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Holds a user to a number of sessions. */
interface UserLimit {

    /** Refuses a login that would be one too many. */
    Mono<Void> beforeLogin(PendingSave save);

    /** Ends what is too many after a login. */
    Mono<Void> afterLogin(PendingSave save, SessionRecord record);

    /** Any number. */
    UserLimit NONE = new UserLimit() {
        @Override
        public Mono<Void> beforeLogin(PendingSave save) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> afterLogin(PendingSave save, SessionRecord record) {
            return Mono.empty();
        }
    };

    /** At most so many, counted in the store. */
    record Counted(
            PerPrincipal limit,
            SessionStore store,
            SessionsByPrincipal byPrincipal,
            StoreGuard guard,
            SessionEvents events)
            implements UserLimit {

        @Override
        public Mono<Void> beforeLogin(PendingSave save) {
            if (limit.action() != Action.REFUSE_NEW || save.order().login().isEmpty()) {
                return Mono.empty();
            }
            SessionId own = save.base() == null ? null : save.base().id();
            return alive(save.order().login().get())
                    .filter(record -> !record.id().equals(own))
                    .count()
                    .flatMap(others -> others < limit.maximum() ? Mono.empty() : refused());
        }

        @Override
        public Mono<Void> afterLogin(PendingSave save, SessionRecord record) {
            if (save.order().login().isEmpty()) {
                return Mono.empty();
            }
            return alive(save.order().login().get())
                    .collectSortedList(Comparator.comparing(SessionRecord::lastAccessedAt))
                    .filter(records -> records.size() > limit.maximum())
                    .flatMap(records -> endTooMany(records, record));
        }

        private Mono<Void> endTooMany(List<SessionRecord> oldestFirst, SessionRecord own) {
            if (limit.action() == Action.REFUSE_NEW) {
                return end(own).then(refused());
            }
            return Flux.fromIterable(oldestFirst)
                    .filter(record -> !record.id().equals(own.id()))
                    .take(oldestFirst.size() - limit.maximum())
                    .concatMap(this::end)
                    .then();
        }

        private Mono<Void> end(SessionRecord record) {
            return guard.answered(Step.DELETE, store.delete(record.id()))
                    .doOnNext(ended ->
                            events.publish(new SessionEvent.Invalidated(events.now(), record.id(), record.principal())))
                    .then();
        }

        private Flux<SessionRecord> alive(String principal) {
            return guard.bounded(Step.FIND_BY_PRINCIPAL, byPrincipal.findByPrincipal(principal))
                    .filter(record -> !record.isExpiredAt(events.now()));
        }

        private Mono<Void> refused() {
            return Mono.error(() -> new SessionException.LimitReached(limit.maximum()));
        }
    }
}
