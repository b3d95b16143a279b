package dev.reactivesession.store.moving;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Finds sessions, and takes them from the former store to the next. A session is staged in the next store; leaves the
 * former one by a save that fails when any other save or ending came first, which is the moment of the move; is made a
 * session in the next store; and then the mark it left is removed. Every node that meets a step finishes the rest, so a
 * node that stops on the way stops nobody. A staged record is a session only while its mark lies in the former store:
 * nothing that ended there comes back.
 */
record Passage(SessionStore former, SessionStore next, MovingStage stage, Arrivals arrivals) {

    private static final Duration LARGEST_MARGIN = Duration.ofMinutes(1);

    /** Where a session lies; empty: in neither store. */
    Mono<Whereabouts> look(SessionId id) {
        return likely(id) == former ? lookInBoth(id) : arrived(id).switchIfEmpty(Mono.defer(() -> lookInBoth(id)));
    }

    /** The store that probably has a session, as far as this node knows. */
    SessionStore likely(SessionId id) {
        return stage == MovingStage.PREPARE && !arrivals.contains(id) ? former : next;
    }

    /** First the store that sessions leave: one that leaves meanwhile is found in the other. */
    private Mono<Whereabouts> lookInBoth(SessionId id) {
        return former.find(id).flatMap(this::lookAt).switchIfEmpty(Mono.defer(() -> arrived(id)));
    }

    private Mono<Whereabouts> lookAt(SessionRecord record) {
        if (Marks.LEFT.marks(record)) {
            return finished(record);
        }
        return Marks.isSession(record) ? Mono.just(new Whereabouts(record, false)) : Mono.empty();
    }

    private Mono<Whereabouts> arrived(SessionId id) {
        return next.find(id)
                .filter(Marks::isSession)
                .doOnNext(session -> arrivals.note(id))
                .map(session -> new Whereabouts(session, true));
    }

    /** Moves a session, unless it changed since; then looks where it is. */
    Mono<Whereabouts> moved(SessionRecord session) {
        return staged(session)
                .filter(Boolean::booleanValue)
                .flatMap(staged -> former.update(Marks.left(session), session.version()))
                .then(Mono.defer(() -> lookInBoth(session.id())));
    }

    /** Whether the session, as it was read, is staged now. */
    private Mono<Boolean> staged(SessionRecord session) {
        return next.insert(Marks.staged(session))
                .filter(Boolean::booleanValue)
                .switchIfEmpty(Mono.defer(() -> next.find(session.id()).flatMap(found -> renewed(found, session))));
    }

    /** A record that an earlier attempt staged. One of a later version than ours says that ours is outdated. */
    private Mono<Boolean> renewed(SessionRecord found, SessionRecord session) {
        SessionRecord staged = Marks.staged(session);
        if (!Marks.STAGED.marks(found) || found.version() > staged.version()) {
            return Mono.just(false);
        }
        if (found.isExpiredAt(session.lastAccessedAt())) {
            return removedIfExpired(found, session).then(Mono.defer(() -> next.insert(staged)));
        }
        return found.version() == staged.version()
                ? next.touch(session.id(), session.lastAccessedAt(), session.expiresAt())
                : next.update(staged, found.version());
    }

    /** A store without this power removes expired records by itself. */
    private Mono<Void> removedIfExpired(SessionRecord found, SessionRecord session) {
        return Mono.justOrEmpty(next.power(ExpiredSessions.class))
                .flatMapMany(power -> power.deleteExpired(List.of(found.id()), session.lastAccessedAt()))
                .then();
    }

    private Mono<Whereabouts> finished(SessionRecord left) {
        SessionId id = left.id();
        return next.find(id)
                .filter(Marks.STAGED::marks)
                .flatMap(staged -> next.update(Marks.arrived(staged, left), staged.version()))
                .then(Mono.defer(() -> former.delete(id)))
                .then(Mono.defer(() -> arrived(id)));
    }

    /** Ends a session that lies in the former store; false: it changed or left meanwhile. */
    Mono<Boolean> ended(SessionRecord session) {
        return Marks.canMark(session)
                ? former.update(Marks.ended(session), session.version())
                        .filter(Boolean::booleanValue)
                        .flatMap(ended -> former.delete(session.id()).thenReturn(true))
                        .defaultIfEmpty(false)
                : former.delete(session.id());
    }

    /** Whether this node is to move it now. */
    boolean moves(Whereabouts place, Instant used) {
        return stage == MovingStage.MOVE && !place.arrived() && canMove(place.session(), used);
    }

    /**
     * A session that is about to expire stays where it is, until it is used again: a sweep, by a clock that may be
     * ahead, could otherwise remove what a move has on the way, while somebody uses the session.
     */
    static boolean canMove(SessionRecord session, Instant used) {
        Duration half = session.idleTimeout().dividedBy(2);
        Duration margin = half.compareTo(LARGEST_MARGIN) < 0 ? half : LARGEST_MARGIN;
        return Marks.canMark(session) && !session.isExpiredAt(used.plus(margin));
    }
}
