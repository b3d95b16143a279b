package dev.reactivesession.engine;

import dev.reactivesession.ConflictPolicy;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionToken;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SaveOutcome.Moved;
import dev.reactivesession.store.SaveOutcome.Saved;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.TokenChange;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** The way out: what was done to a working copy becomes at most one store call, replayed when another request saved first. */
final class SessionSave {

    private final SessionEngine engine;

    private final WorkingSession session;

    private final TokenCarrier carrier;

    private final Turns turns = new Turns();

    private volatile boolean touched;

    SessionSave(SessionEngine engine, WorkingSession session, TokenCarrier carrier) {
        this.engine = engine;
        this.session = session;
        this.carrier = carrier;
    }

    Mono<Void> everything() {
        return turns.inTurn(Mono.defer(() -> endIfEnded().then(Mono.defer(this::keep))));
    }

    /** A session that was ended elsewhere stays ended, and that is no error of the response. */
    Mono<Void> quietly() {
        return Mono.defer(() -> turns.areFree() && isAsStored() ? Mono.empty() : saved());
    }

    private boolean isAsStored() {
        SessionRecord stored = session.recordIfUnchanged();
        return stored != null && !(isVisit() && engine.isTouchDue(stored, engine.now()));
    }

    private Mono<Void> saved() {
        return everything().onErrorComplete(SessionException.Gone.class);
    }

    Mono<Void> onlyTheEnd() {
        return turns.inTurn(Mono.defer(this::endIfEnded));
    }

    private Mono<Void> endIfEnded() {
        SessionRecord ended = session.takeEnded();
        return ended == null ? Mono.empty() : end(ended);
    }

    private Mono<Void> end(SessionRecord ended) {
        return engine.vault()
                .delete(ended)
                .doOnNext(deleted -> invalidated(ended))
                .doOnError(error -> session.giveBackEnded(ended))
                .doOnCancel(() -> session.giveBackEnded(ended))
                .then();
    }

    private void invalidated(SessionRecord ended) {
        carrier.remove();
        engine.publish(new SessionEvent.Invalidated(engine.now(), ended.id(), ended.principal()));
    }

    private Mono<Void> keep() {
        PendingSave save = session.takeChanges();
        Mono<Void> kept = save.base() == null ? createIfWorth(save) : updateOrTouch(save, save.base());
        return kept.doOnError(error -> giveBack(save, error)).doOnCancel(() -> session.giveBack(save));
    }

    private void giveBack(PendingSave save, Throwable error) {
        if (!(error instanceof SessionException.Gone)) {
            session.giveBack(save);
        }
    }

    private Mono<Void> createIfWorth(PendingSave save) {
        if (!session.isWorthCreating(save)) {
            session.giveBack(save);
            return Mono.empty();
        }
        return engine.userLimit().beforeLogin(save).then(Mono.defer(() -> create(save)));
    }

    private Mono<Void> create(PendingSave save) {
        requireDeliverable("a session that begins needs a token");
        Map<String, EncodedValue> attributes = session.merge().replay(save.attributes(), copy(save.stored()));
        SessionRecord first = save.first(
                session.id(),
                session.createdAt(),
                engine.now(),
                engine.limits(),
                engine.codec().join(attributes));
        return engine.vault()
                .insert(first)
                .onErrorMap(SessionException.TooLarge.class, error -> error.naming(sizes(attributes)))
                .flatMap(outcome -> created(save, outcome, attributes));
    }

    private Mono<Void> created(PendingSave save, SaveOutcome outcome, Map<String, EncodedValue> attributes) {
        if (!(outcome instanceof Saved saved)) {
            return gone();
        }
        SessionRecord record = saved.record();
        settle(save, saved, attributes);
        engine.publish(new SessionEvent.Created(record.lastAccessedAt(), record.id(), record.principal()));
        return engine.userLimit().afterLogin(save, record);
    }

    private Mono<Void> updateOrTouch(PendingSave taken, SessionRecord base) {
        PendingSave save = carrier.canDeliver() ? taken : taken.withoutRenewal();
        if (save.isEmpty()) {
            return touchIfDue(base);
        }
        if (save.token() == TokenChange.ROTATE) {
            requireDeliverable("a session that rotates needs a new token");
        }
        return engine.userLimit().beforeLogin(save).then(Mono.defer(() -> update(save, base, save.stored(), 0)));
    }

    private Mono<Void> update(PendingSave save, SessionRecord base, Map<String, EncodedValue> stored, int replay) {
        Map<String, EncodedValue> attributes = session.merge().replay(save.attributes(), copy(stored));
        Instant accessed = isVisit() ? engine.now() : base.lastAccessedAt();
        SessionRecord next =
                save.successorOf(base, accessed, engine.limits(), engine.codec().join(attributes));
        return engine.vault()
                .update(next, base.version(), save.token())
                .onErrorMap(SessionException.TooLarge.class, error -> error.naming(sizes(attributes)))
                .flatMap(outcome -> updated(save, outcome, attributes, replay));
    }

    private Mono<Void> updated(
            PendingSave save, SaveOutcome outcome, Map<String, EncodedValue> attributes, int replay) {
        if (outcome instanceof Moved moved) {
            return replay(save.withoutRenewal(), moved.current(), replay + 1);
        }
        if (!(outcome instanceof Saved saved)) {
            return gone();
        }
        settle(save, saved, attributes);
        engine.publish(
                save.token() == TokenChange.KEEP
                        ? new SessionEvent.Saved(
                                engine.now(),
                                saved.record().id(),
                                saved.record().principal())
                        : new SessionEvent.Rotated(
                                engine.now(),
                                saved.record().id(),
                                saved.record().principal()));
        return engine.userLimit().afterLogin(save, saved.record());
    }

    private Mono<Void> replay(PendingSave save, SessionRecord current, int replay) {
        Map<String, EncodedValue> stored = engine.codec().split(current.payload());
        if (save.isEmpty()) {
            session.settle(save, current, stored);
            return Mono.empty();
        }
        requireReplaysLeft(replay);
        settlePrincipal(save, current);
        engine.publish(new SessionEvent.Replayed(engine.now(), current.id(), replay));
        return engine.pauseBefore(replay).then(Mono.defer(() -> update(save, current, stored, replay)));
    }

    private void requireReplaysLeft(int replay) {
        if (replay > engine.limits().maxReplays()) {
            throw new SessionException.Conflict(
                    "other requests saved first " + replay + " times, more than reactive-session.max-replays ("
                            + engine.limits().maxReplays() + ") allows",
                    List.of());
        }
    }

    private void settlePrincipal(PendingSave save, SessionRecord current) {
        if (save.isPrincipalConflict(current)) {
            ConflictPolicy policy = engine.policies().onConflict();
            engine.publish(new SessionEvent.Conflicted(engine.now(), current.id(), "principal", policy));
            if (policy == ConflictPolicy.REFUSE) {
                throw new SessionException.Conflict(
                        "another request gave this session to another user (reactive-session.on-conflict is refuse)",
                        List.of("principal"));
            }
        }
    }

    private Mono<Void> touchIfDue(SessionRecord base) {
        Instant now = engine.now();
        if (!isVisit() || !engine.isTouchDue(base, now) || isTouchedForThisVisit()) {
            return Mono.empty();
        }
        Instant expires = engine.limits().deadline(base.createdAt(), now, base.idleTimeout());
        return engine.vault().touch(base, now, expires).doOnNext(this::touched).then();
    }

    /** Without an interval a touch is always due; a visit is nevertheless one use. */
    private boolean isTouchedForThisVisit() {
        return touched && engine.limits().touchInterval().isZero();
    }

    private void touched(SaveOutcome outcome) {
        touched = true;
        if (outcome instanceof Saved saved) {
            session.settleTimes(saved.record());
            deliver(saved);
            engine.publish(new SessionEvent.Touched(
                    saved.record().lastAccessedAt(), saved.record().id()));
        }
    }

    /** Used by its visitor, rather than looked after from outside. */
    private boolean isVisit() {
        return carrier != Undelivered.OUTSIDE_ANY_EXCHANGE;
    }

    private void settle(PendingSave save, Saved saved, Map<String, EncodedValue> attributes) {
        session.settle(save, saved.record(), attributes);
        if (saved.token() != null) {
            requireDeliverable("a changed session needs a new token");
        }
        deliver(saved);
    }

    private void deliver(Saved saved) {
        SessionToken token = saved.token();
        if (token != null && carrier.canDeliver()) {
            carrier.deliver(token, saved.record());
        }
    }

    private void requireDeliverable(String why) {
        if (!carrier.canDeliver()) {
            throw new SessionException.Undeliverable(
                    why + ", but no response can carry it any more: call save() before the response is committed");
        }
    }

    private Mono<Void> gone() {
        engine.publish(new SessionEvent.Discarded(engine.now(), session.id()));
        return Mono.error(() -> new SessionException.Gone(session.id()));
    }

    private static Map<String, Integer> sizes(Map<String, EncodedValue> attributes) {
        return attributes.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().length()));
    }

    private static Map<String, EncodedValue> copy(Map<String, EncodedValue> attributes) {
        return new LinkedHashMap<>(attributes);
    }
}
