package dev.reactivesession.store.moving;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionsByPrincipal;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The sessions of a user in both stores, first those of the store that sessions leave: one that leaves meanwhile is
 * found in the other.
 */
record MovingSessionsByPrincipal(SessionsByPrincipal former, SessionsByPrincipal next, Passage passage)
        implements SessionsByPrincipal {

    @Override
    public Flux<SessionRecord> findByPrincipal(String principal) {
        return Flux.defer(() -> {
            Set<SessionId> named = new HashSet<>();
            return inFormer(principal)
                    .concatWith(next.findByPrincipal(principal))
                    .filter(session -> named.add(session.id()));
        });
    }

    /** A mark that a session left behind says that it has arrived, or is about to: then it is helped along. */
    private Flux<SessionRecord> inFormer(String principal) {
        return former.findByPrincipal(principal)
                .concatMap(found -> Marks.isSession(found)
                        ? Mono.just(found)
                        : passage.look(found.id()).then(Mono.empty()));
    }

    @Override
    public Mono<Long> countByPrincipal(String principal) {
        return findByPrincipal(principal).count();
    }

    @Override
    public Flux<SessionId> deleteByPrincipal(String principal, @Nullable SessionId except) {
        return inFormer(principal)
                .filter(session -> !session.id().equals(except))
                .concatMap(session -> ended(session, principal))
                .concatWith(next.deleteByPrincipal(principal, except));
    }

    /** As it is by then: one that has moved meanwhile is left to the other store. */
    private Mono<SessionId> ended(SessionRecord session, String principal) {
        SessionId id = session.id();
        return passage.ended(session)
                .flatMap(ended -> ended
                        ? Mono.just(id)
                        : passage.look(id)
                                .filter(place -> !place.arrived()
                                        && principal.equals(place.session().principal()))
                                .flatMap(place -> ended(place.session(), principal)));
    }
}
