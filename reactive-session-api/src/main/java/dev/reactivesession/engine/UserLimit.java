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
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Holds a user to a number of sessions. */
interface UserLimit {

    /** Learns of a use, which the store may not be told of yet. */
    void used(SessionRecord record, Instant at);

    /** Refuses a login that would be one too many. */
    Mono<Void> beforeLogin(PendingSave save);

    /** Ends the sessions that are too many after a login. */
    Mono<Void> afterLogin(PendingSave save, SessionRecord record);

    /** Any number. */
    UserLimit NONE = new UserLimit() {

        @Override
        public void used(SessionRecord record, Instant at) {}

        @Override
        public Mono<Void> beforeLogin(PendingSave save) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> afterLogin(PendingSave save, SessionRecord record) {
            return Mono.empty();
        }
    };

    /** A session, and when it was used last as far as is known. */
    record Use(SessionRecord record, Instant at) {

        static final Comparator<Use> LONGEST_AGO_FIRST =
                Comparator.comparing(Use::at).thenComparing(use -> use.record().createdAt());
    }

    /** At most so many, counted in the store; of those, the one ends that is known to be used longest ago. */
    record Counted(
            PerPrincipal limit,
            SessionStore store,
            SessionsByPrincipal byPrincipal,
            StoreGuard guard,
            SessionEvents events,
            RecentUses uses,
            Predicate<SessionRecord> impersonated)
            implements UserLimit {

        @Override
        public void used(SessionRecord record, Instant at) {
            if (record.principal() != null) {
                uses.note(record.id(), at);
            }
        }

        @Override
        public Mono<Void> beforeLogin(PendingSave save) {
            if (limit.action() != Action.REFUSE_NEW || !isLogin(save)) {
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
            if (!isLogin(save)) {
                return Mono.empty();
            }
            return alive(save.order().login().orElseThrow())
                    .map(this::used)
                    .collectSortedList(Use.LONGEST_AGO_FIRST)
                    .filter(uses -> uses.size() > limit.maximum())
                    .flatMap(uses -> endTooMany(uses, record));
        }

        private static boolean isLogin(PendingSave save) {
            return save.order().login().isPresent() && save.order().actor() == null;
        }

        private Use used(SessionRecord record) {
            return new Use(record, uses.lastOf(record.id(), record.lastAccessedAt()));
        }

        private Mono<Void> endTooMany(List<Use> oldestFirst, SessionRecord own) {
            if (limit.action() == Action.REFUSE_NEW) {
                return end(own).then(refused());
            }
            return Flux.fromIterable(oldestFirst)
                    .map(Use::record)
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

        /** Somebody who acts as a user takes no place from that user. */
        private Flux<SessionRecord> alive(String principal) {
            return guard.bounded(Step.FIND_BY_PRINCIPAL, byPrincipal.findByPrincipal(principal))
                    .filter(record -> !record.isExpiredAt(events.now()) && !impersonated.test(record));
        }

        private Mono<Void> refused() {
            return Mono.error(() -> new SessionException.LimitReached(limit.maximum()));
        }
    }
}
