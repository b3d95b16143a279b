package dev.reactivesession.store.moving;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.ExpiredSessions;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A sweep of both stores. A session is removed where it lies. What a move left of sessions that are gone is removed
 * too, and not named.
 */
record MovingExpiredSessions(ExpiredSessions former, ExpiredSessions next, Passage passage) implements ExpiredSessions {

    private static final int ASKED_AT_ONCE = 16;

    @Override
    public Flux<SessionId> expired(Instant now) {
        return former.expired(now).concatWith(next.expired(now));
    }

    @Override
    public Flux<SessionId> deleteExpired(Collection<SessionId> ids, Instant now) {
        return Flux.fromIterable(Set.copyOf(ids))
                .flatMap(passage::look, ASKED_AT_ONCE)
                .collectMap(place -> place.session().id(), Whereabouts::arrived)
                .flatMapMany(arrived -> Flux.concat(
                        removed(former, ids, now, id -> Boolean.FALSE.equals(arrived.get(id))),
                        removed(next, ids, now, id -> Boolean.TRUE.equals(arrived.get(id))),
                        removed(former, ids, now, id -> !arrived.containsKey(id))
                                .thenMany(Flux.empty()),
                        removed(next, ids, now, id -> !arrived.containsKey(id)).thenMany(Flux.empty())));
    }

    private static Flux<SessionId> removed(
            ExpiredSessions store, Collection<SessionId> ids, Instant now, Predicate<SessionId> which) {
        List<SessionId> some = ids.stream().filter(which).toList();
        return some.isEmpty() ? Flux.empty() : store.deleteExpired(some, now);
    }

    /** The clock of the store that sessions come from, or else of the other. */
    @Override
    public Mono<Instant> storeTime() {
        return former.storeTime().switchIfEmpty(Mono.defer(next::storeTime));
    }
}
