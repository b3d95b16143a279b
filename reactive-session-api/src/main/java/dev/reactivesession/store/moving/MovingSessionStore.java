package dev.reactivesession.store.moving;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.AllSessions;
import dev.reactivesession.store.CopiedSessions;
import dev.reactivesession.store.ExpiredSessions;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionSignals;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.SessionsByPrincipal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/**
 * Two stores while sessions move from one to the other, without a logout and without a pause. A session lies in one of
 * them at each moment, and moves once, whole, between two saves; tokens stay as they are. It moves at its first save or
 * touch; reading moves nothing.
 *
 * <p>Every node has this store in {@link MovingStage#PREPARE} before any node has it in {@link MovingStage#MOVE}. The
 * move is over when {@link #moveRest} says 0 after the last node in {@code PREPARE} has gone; then nodes may use the
 * next store alone.
 *
 * <p>Start, errors, cancel, concurrency and time are those of {@link SessionStore}. An operation may be several
 * commands here; cancelling between them leaves a state that any node brings to its end. It has the optional powers
 * that both stores have; signals go to both. An insert does not ask the other store for its id: ids are random.
 */
public final class MovingSessionStore implements SessionStore {

    private static final int ATTEMPTS = 64;

    private static final int MOVED_AT_ONCE = 16;

    private static final Instant AFTER_EVERY_DEADLINE = Instant.parse("9999-01-01T00:00:00Z");

    private final SessionStore former;

    private final SessionStore next;

    private final Passage passage;

    private final List<Object> powers;

    private MovingSessionStore(SessionStore former, SessionStore next, MovingStage stage) {
        this.former = former;
        this.next = next;
        this.passage = new Passage(former, next, stage, new Arrivals());
        this.powers = powers(stage);
    }

    /**
     * Joins two stores for the time of a move.
     *
     * @param former the store that sessions leave
     * @param next the store that sessions enter
     * @param stage the stage that this node is in
     * @return the store
     * @throws SessionException.Misconfigured when both are one, or one of them answers from copies: copies belong in
     *     front of this store
     */
    public static MovingSessionStore of(SessionStore former, SessionStore next, MovingStage stage) {
        if (former == next) {
            throw new SessionException.Misconfigured(
                    "sessions are to move from a store to itself; give MovingSessionStore.of two stores", null);
        }
        if (Stream.of(former, next)
                .anyMatch(store -> store.power(CopiedSessions.class).isPresent())) {
            throw new SessionException.Misconfigured(
                    "sessions cannot move from or to a store that answers from copies; put the copies in front:"
                            + " TieredSessionStore.of(cache, MovingSessionStore.of(former, next, stage))",
                    null);
        }
        return new MovingSessionStore(former, next, stage);
    }

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return passage.look(id).map(Whereabouts::session);
    }

    @Override
    public Mono<Boolean> insert(SessionRecord record) {
        return passage.likely(record.id()).insert(record);
    }

    @Override
    public Mono<Boolean> update(SessionRecord record, long basedOn) {
        return passage.likely(record.id())
                .update(record, basedOn)
                .filter(Boolean::booleanValue)
                .switchIfEmpty(Mono.defer(
                        () -> where(record.id(), record.lastAccessedAt(), place -> saved(place, record, basedOn))));
    }

    private Mono<Boolean> saved(Whereabouts place, SessionRecord record, long basedOn) {
        boolean refused =
                place.session().version() != basedOn || place.session().isExpiredAt(record.lastAccessedAt());
        if (refused) {
            return Mono.just(false);
        }
        return place.arrived()
                ? next.update(record, basedOn)
                : former.update(record, basedOn).filter(saved -> saved);
    }

    @Override
    public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
        return where(id, accessed, place -> touched(place, accessed, expires));
    }

    /** The next store is told as well: another node may be moving the session, with times read before. */
    private Mono<Boolean> touched(Whereabouts place, Instant accessed, Instant expires) {
        SessionId id = place.session().id();
        if (place.session().isExpiredAt(accessed)) {
            return Mono.just(false);
        }
        return place.arrived()
                ? next.touch(id, accessed, expires)
                : former.touch(id, accessed, expires)
                        .filter(touched -> touched)
                        .delayUntil(touched -> next.touch(id, accessed, expires));
    }

    @Override
    public Mono<Boolean> delete(SessionId id) {
        return Mono.defer(() -> passage.look(id)
                        .map(place -> place.arrived()
                                ? next.delete(id)
                                : passage.ended(place.session()).filter(ended -> ended))
                        .defaultIfEmpty(Mono.just(false))
                        .flatMap(outcome -> outcome))
                .repeatWhenEmpty(ATTEMPTS, again -> again)
                .onErrorMap(IllegalStateException.class, MovingSessionStore::restless);
    }

    /**
     * Does it where the session lies, after moving it there if this node does; again when it came too late, so that it
     * lies elsewhere now.
     *
     * @param used an expired session is left to the sweep
     * @param step empty when the session lies elsewhere now
     */
    private Mono<Boolean> where(SessionId id, Instant used, Function<Whereabouts, Mono<Boolean>> step) {
        return Mono.defer(() -> passage.look(id)
                        .flatMap(
                                place -> passage.moves(place, used) ? passage.moved(place.session()) : Mono.just(place))
                        .map(step)
                        .defaultIfEmpty(Mono.just(false))
                        .flatMap(outcome -> outcome))
                .repeatWhenEmpty(ATTEMPTS, again -> again)
                .onErrorMap(IllegalStateException.class, MovingSessionStore::restless);
    }

    private static SessionException restless(IllegalStateException tooOften) {
        return new SessionException.Unavailable(
                "a session was changed " + ATTEMPTS + " times while it was being moved to another store", tooOften);
    }

    /**
     * Moves every session that is still in the former store, a few at a time; expired ones are left to the sweep, and
     * those about to expire stay until they are used or have expired. To be called in {@link MovingStage#MOVE}, when no
     * node is in {@code PREPARE} any more, and again until it says 0.
     *
     * @param now the time by the clock of the application
     * @return how many were there; an error when the former store cannot list its sessions
     */
    public Mono<Long> moveRest(Instant now) {
        return Mono.justOrEmpty(former.power(ExpiredSessions.class))
                .switchIfEmpty(Mono.error(() -> new SessionException.Misconfigured(
                        "the former store cannot list its sessions; wait until the last of them has expired", null)))
                .flatMapMany(power -> power.expired(AFTER_EVERY_DEADLINE))
                .flatMap(id -> pushed(id, now), MOVED_AT_ONCE)
                .count();
    }

    private Mono<SessionId> pushed(SessionId id, Instant now) {
        return passage.look(id)
                .filter(place -> !place.arrived() && !place.session().isExpiredAt(now))
                .flatMap(place -> Passage.canMove(place.session(), now)
                        ? passage.moved(place.session()).thenReturn(id)
                        : Mono.just(id));
    }

    @Override
    public <P> Optional<P> power(Class<P> type) {
        return powers.stream()
                .filter(type::isInstance)
                .findFirst()
                .<P>map(type::cast)
                .or(() -> SessionStore.super.power(type));
    }

    private List<Object> powers(MovingStage stage) {
        return Stream.<Optional<?>>of(
                        both(ExpiredSessions.class, (from, to) -> new MovingExpiredSessions(from, to, passage)),
                        both(SessionsByPrincipal.class, (from, to) -> new MovingSessionsByPrincipal(from, to, passage)),
                        both(AllSessions.class, MovingAllSessions::new),
                        signals(stage))
                .<Object>flatMap(Optional::stream)
                .toList();
    }

    private <P> Optional<P> both(Class<P> type, BinaryOperator<P> joined) {
        return former.power(type).flatMap(from -> next.power(type).map(to -> joined.apply(from, to)));
    }

    /** Nodes of each stage hear what the stages before and after it send, once. */
    private Optional<SessionSignals> signals(MovingStage stage) {
        List<SessionSignals> channels = Stream.of(former, next)
                .map(store -> store.power(SessionSignals.class))
                .flatMap(Optional::stream)
                .toList();
        int heard = stage == MovingStage.PREPARE ? 0 : channels.size() - 1;
        return channels.isEmpty() ? Optional.empty() : Optional.of(new MovingSignals(channels, channels.get(heard)));
    }
}
