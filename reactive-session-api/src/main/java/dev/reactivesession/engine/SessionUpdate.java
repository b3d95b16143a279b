package dev.reactivesession.engine;

import dev.reactivesession.ConflictPolicy;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.engine.AttributeReplay.Precedence;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SaveOutcome.Moved;
import dev.reactivesession.store.SaveOutcome.Saved;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionVault;
import dev.reactivesession.store.WriteName;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Replaces a record by its successor, and does so again on the record that another request saved first. */
final class SessionUpdate {

    private final SessionVault vault;

    private final RecordRules rules;

    private final AttributeRules attributes;

    private final OriginRules origins;

    private final Replays replays;

    private final SaveQueues queues;

    private final PrincipalSource principals;

    private final Settlement settlement;

    private final SessionEvents events;

    private final Supplier<WriteName> names;

    SessionUpdate(
            SessionVault vault,
            RecordRules rules,
            AttributeRules attributes,
            OriginRules origins,
            Replays replays,
            SaveQueues queues,
            PrincipalSource principals,
            Settlement settlement,
            SessionEvents events,
            Supplier<WriteName> names) {
        this.vault = vault;
        this.rules = rules;
        this.attributes = attributes;
        this.origins = origins;
        this.replays = replays;
        this.queues = queues;
        this.principals = principals;
        this.settlement = settlement;
        this.events = events;
        this.names = names;
    }

    /** When a save takes its turn among others of its session in this process. */
    private enum Turn {
        ON_CONFLICT,
        HAS_COME
    }

    /**
     * The record that a save is made on.
     *
     * @param record the record
     * @param stored its attributes
     * @param replaced whether the token of this request was replaced before that record
     * @param replay the number of this replay; 0 is the first attempt
     */
    private record Basis(SessionRecord record, Map<String, EncodedValue> stored, boolean replaced, int replay) {

        Precedence precedence() {
            return replaced ? Precedence.OURS_IS_EARLIER : Precedence.OURS_IS_LATER;
        }
    }

    /** A save that comes upon a queue joins it; another one does when it has lost. */
    Mono<Void> of(SessionLives session, PendingSave save, SessionRecord base) {
        Basis first = new Basis(base, save.stored(), false, 0);
        return queues.hasQueue(base.id())
                ? queues.inTurn(base.id(), Mono.defer(() -> update(session, save, first, Turn.HAS_COME)))
                : update(session, save, first, Turn.ON_CONFLICT);
    }

    /** A first attempt to begin a session that somebody else saved already. */
    Mono<Void> afterBegun(SessionLives session, PendingSave save, Moved moved) {
        return moved(session, save, moved, 1, Turn.ON_CONFLICT);
    }

    private Mono<Void> update(SessionLives session, PendingSave unnamed, Basis basis, Turn turn) {
        PendingSave save = unnamed.with(unnamed.order().named(names));
        SaveOrder order = save.order();
        SessionRecord base = basis.record();
        Map<String, EncodedValue> next = attributes.replay(order, basis.stored(), base.id(), basis.precedence());
        boolean visit = session.client().isVisit() && !basis.replaced();
        if (visit) {
            origins.note(next, order, session.client());
        }
        SessionRecord record = rules.successor(base, order, visit, attributes.remembrance(next), attributes.join(next));
        return vault.update(record, base.version(), order.token(), order.writes())
                .onErrorMap(SessionException.TooLarge.class, error -> AttributeRules.naming(error, next))
                .flatMap(outcome -> outcome instanceof Moved moved
                        ? moved(session, save, moved, basis.replay() + 1, turn)
                        : settled(session, save, basis, outcome, next));
    }

    private Mono<Void> settled(
            SessionLives session, PendingSave save, Basis basis, SaveOutcome outcome, Map<String, EncodedValue> next) {
        if (!(outcome instanceof Saved saved)) {
            return settlement.gone(session);
        }
        return basis.replaced() ? settlement.replaced(session, save) : settlement.stored(session, save, saved, next);
    }

    /** A lost answer is found again in the record that is there; the rest is replayed on it. */
    private Mono<Void> moved(SessionLives session, PendingSave save, Moved moved, int replay, Turn turn) {
        SessionRecord current = moved.current();
        SaveOrder rest = save.order().without(moved.contains(), moved.token() != null);
        PendingSave next = save.with(moved.replaced() ? rest.attributesOnly(principals) : rest);
        Map<String, EncodedValue> stored = attributes.split(current.payload());
        if (next.order().isEmpty()) {
            return moved.replaced()
                    ? settlement.replaced(session, save)
                    : settlement.stored(session, save, new Saved(current, moved.token()), stored);
        }
        replays.requireOneLeft(replay);
        settlePrincipal(next, current);
        events.publish(new SessionEvent.Replayed(events.now(), current.id(), replay));
        Basis basis = new Basis(current, stored, moved.replaced(), replay);
        Mono<Void> again =
                replays.pauseBefore(replay).then(Mono.defer(() -> update(session, next, basis, Turn.HAS_COME)));
        return turn == Turn.HAS_COME ? again : queues.inTurn(current.id(), again);
    }

    private void settlePrincipal(PendingSave save, SessionRecord current) {
        if (!save.isPrincipalConflict(current)) {
            return;
        }
        ConflictPolicy policy = attributes.onConflict();
        events.publish(new SessionEvent.Conflicted(events.now(), current.id(), "principal", "", policy));
        if (policy == ConflictPolicy.REFUSE) {
            throw new SessionException.Conflict(
                    "another request gave this session to another user (reactive-session.on-conflict is refuse)",
                    List.of("principal"));
        }
    }
}
