package dev.reactivesession.engine;

import dev.reactivesession.ConflictPolicy;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionToken;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.engine.AttributeReplay.Precedence;
import dev.reactivesession.store.SaveOutcome;
import dev.reactivesession.store.SaveOutcome.Moved;
import dev.reactivesession.store.SaveOutcome.Saved;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionVault;
import dev.reactivesession.store.TokenChange;
import dev.reactivesession.store.WriteName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The way out: the changes of a session become at most one store call, replayed when another request saved first. */
final class SessionWriter {

    private final SessionVault vault;

    private final RecordRules rules;

    private final AttributeRules attributes;

    private final Replays replays;

    private final PrincipalSource principals;

    private final UserLimit userLimit;

    private final SessionEvents events;

    private final Supplier<WriteName> names;

    SessionWriter(
            SessionVault vault,
            RecordRules rules,
            AttributeRules attributes,
            Replays replays,
            PrincipalSource principals,
            UserLimit userLimit,
            SessionEvents events,
            Supplier<WriteName> names) {
        this.vault = vault;
        this.rules = rules;
        this.attributes = attributes;
        this.replays = replays;
        this.principals = principals;
        this.userLimit = userLimit;
        this.events = events;
        this.names = names;
    }

    /** Ends an ended session first, and then stores the changes of the one that is there now. */
    Mono<Void> save(WorkingSession session) {
        return end(session).then(Mono.defer(() -> keep(session)));
    }

    Mono<Void> end(WorkingSession session) {
        SessionRecord ended = session.takeEnded();
        return ended == null
                ? Mono.empty()
                : vault.delete(ended)
                        .doOnNext(deleted -> invalidated(session, ended))
                        .doOnError(error -> session.giveBackEnded(ended))
                        .doOnCancel(() -> session.giveBackEnded(ended))
                        .then();
    }

    private void invalidated(WorkingSession session, SessionRecord ended) {
        session.carrier().remove();
        events.publish(new SessionEvent.Invalidated(events.now(), ended.id(), ended.principal()));
    }

    private Mono<Void> keep(WorkingSession session) {
        PendingSave save = session.takeChanges(names);
        return Mono.defer(() -> save.base() == null ? createIfWorth(session, save) : updateOrTouch(session, save))
                .doOnError(error -> giveBack(session, save, error))
                .doOnCancel(() -> session.giveBack(save, true));
    }

    /** Only an answer that was lost leaves a doubt; every other error says that nothing was stored. */
    private static void giveBack(WorkingSession session, PendingSave save, Throwable error) {
        if (!(error instanceof SessionException.Gone)) {
            session.giveBack(save, error instanceof SessionException.Unavailable);
        }
    }

    private Mono<Void> createIfWorth(WorkingSession session, PendingSave save) {
        if (!session.isWorthCreating(save)) {
            session.giveBack(save, false);
            return Mono.empty();
        }
        return userLimit.beforeLogin(save).then(Mono.defer(() -> create(session, save)));
    }

    private Mono<Void> create(WorkingSession session, PendingSave unnamed) {
        requireDeliverable(session, "a session that begins needs a token");
        PendingSave save = unnamed.with(unnamed.order().named(names));
        Map<String, EncodedValue> first =
                attributes.replay(save.order(), save.stored(), session.id(), Precedence.OURS_IS_LATER);
        SessionRecord record = rules.first(session.id(), session.createdAt(), save.order(), attributes.join(first));
        session.attempted(save, record);
        return vault.insert(record, save.order().writes())
                .onErrorMap(SessionException.TooLarge.class, error -> error.naming(sizes(first)))
                .flatMap(outcome -> created(session, save, outcome, first));
    }

    private Mono<Void> created(
            WorkingSession session, PendingSave save, SaveOutcome outcome, Map<String, EncodedValue> first) {
        if (outcome instanceof Saved saved) {
            SessionRecord record = saved.record();
            return stored(
                    session,
                    save,
                    saved,
                    first,
                    new SessionEvent.Created(record.lastAccessedAt(), record.id(), record.principal()));
        }
        return outcome instanceof Moved moved ? moved(session, save, moved, 1) : gone(session);
    }

    private Mono<Void> updateOrTouch(WorkingSession session, PendingSave taken) {
        if (taken.copy().isReplaced()) {
            return gone(session);
        }
        boolean renews = taken.order().token() == TokenChange.RENEW;
        boolean canDeliver = session.carrier().canDeliver();
        PendingSave save = renews && !canDeliver ? taken.with(taken.order().withToken(TokenChange.KEEP)) : taken;
        SessionRecord base = Objects.requireNonNull(save.base());
        if (save.order().isEmpty()) {
            return touchIfDue(session, base);
        }
        if (save.order().token() == TokenChange.ROTATE) {
            requireDeliverable(session, "a session that rotates needs a new token");
        }
        return userLimit
                .beforeLogin(save)
                .then(Mono.defer(() -> update(session, save, new Basis(base, save.stored(), false), 0)));
    }

    /**
     * The record that a save is made on.
     *
     * @param record the record
     * @param stored its attributes
     * @param replaced whether the token of this request was replaced before that record
     */
    private record Basis(SessionRecord record, Map<String, EncodedValue> stored, boolean replaced) {

        Precedence precedence() {
            return replaced ? Precedence.OURS_IS_EARLIER : Precedence.OURS_IS_LATER;
        }
    }

    private Mono<Void> update(WorkingSession session, PendingSave unnamed, Basis basis, int replay) {
        PendingSave save = unnamed.with(unnamed.order().named(names));
        SessionRecord base = basis.record();
        Map<String, EncodedValue> next =
                attributes.replay(save.order(), basis.stored(), base.id(), basis.precedence());
        boolean visit = session.carrier().isVisit() && !basis.replaced();
        SessionRecord record = rules.successor(base, save.order(), visit, attributes.join(next));
        return vault.update(record, base.version(), save.order().token(), save.order().writes())
                .onErrorMap(SessionException.TooLarge.class, error -> error.naming(sizes(next)))
                .flatMap(outcome -> updated(session, save, basis, outcome, next, replay));
    }

    private Mono<Void> updated(
            WorkingSession session,
            PendingSave save,
            Basis basis,
            SaveOutcome outcome,
            Map<String, EncodedValue> next,
            int replay) {
        if (outcome instanceof Moved moved) {
            return moved(session, save, moved, replay + 1);
        }
        if (!(outcome instanceof Saved saved)) {
            return gone(session);
        }
        return basis.replaced()
                ? replaced(session, save)
                : stored(session, save, saved, next, savedEvent(save, saved.record()));
    }

    private SessionEvent savedEvent(PendingSave save, SessionRecord record) {
        return save.order().token() == TokenChange.KEEP
                ? new SessionEvent.Saved(events.now(), record.id(), record.principal())
                : new SessionEvent.Rotated(events.now(), record.id(), record.principal());
    }

    /** A lost answer is found again in the record that is there; the rest is replayed on it. */
    private Mono<Void> moved(WorkingSession session, PendingSave save, Moved moved, int replay) {
        SessionRecord current = moved.current();
        SaveOrder rest = save.order().without(moved.contains(), moved.token() != null);
        SaveOrder order = moved.replaced() ? rest.attributesOnly(principals) : rest;
        Map<String, EncodedValue> stored = attributes.split(current.payload());
        if (order.isEmpty()) {
            return moved.replaced()
                    ? replaced(session, save)
                    : stored(session, save, new Saved(current, moved.token()), stored, savedEvent(save, current));
        }
        replays.requireOneLeft(replay);
        PendingSave next = save.with(order);
        settlePrincipal(next, current);
        events.publish(new SessionEvent.Replayed(events.now(), current.id(), replay));
        Basis basis = new Basis(current, stored, moved.replaced());
        return replays.pauseBefore(replay).then(Mono.defer(() -> update(session, next, basis, replay)));
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

    /** Its changes are merged; from here on this request has no part in the session any more. */
    private static Mono<Void> replaced(WorkingSession session, PendingSave save) {
        session.becomeReplaced(save);
        return Mono.empty();
    }

    /** Store first, limit second, header last: no token for a login that the limit takes back. */
    private Mono<Void> stored(
            WorkingSession session,
            PendingSave save,
            Saved saved,
            Map<String, EncodedValue> next,
            SessionEvent event) {
        if (saved.token() != null && save.order().token() == TokenChange.KEEP) {
            // every save of a vault that keeps no records needs a new token: without it nothing is stored
            requireDeliverable(session, "a changed session needs a new token");
        }
        session.settle(save, saved.record(), next);
        events.publish(event);
        return userLimit
                .afterLogin(save, saved.record())
                .then(Mono.fromRunnable(() -> deliver(session, saved.token())));
    }

    private static void deliver(WorkingSession session, @Nullable SessionToken token) {
        if (token != null) {
            requireDeliverable(session, "a changed session needs a new token");
            session.carrier().deliver(token);
        }
    }

    private Mono<Void> touchIfDue(WorkingSession session, SessionRecord base) {
        if (!session.isTouchDue(base)) {
            return Mono.empty();
        }
        Instant now = rules.now();
        return vault.touch(base, now, rules.deadline(base, now))
                .doOnNext(outcome -> touched(session, base, outcome))
                .then();
    }

    private void touched(WorkingSession session, SessionRecord base, SaveOutcome outcome) {
        session.touched(outcome instanceof Saved saved ? saved.record() : base);
        if (outcome instanceof Saved saved) {
            SessionRecord record = saved.record();
            if (saved.token() != null && session.carrier().canDeliver()) {
                session.carrier().deliver(saved.token());
            }
            events.publish(new SessionEvent.Touched(record.lastAccessedAt(), record.id()));
        }
    }

    private static void requireDeliverable(WorkingSession session, String why) {
        if (!session.carrier().canDeliver()) {
            throw new SessionException.Undeliverable(
                    why + ", but no response can carry it any more: call save() before the response is committed");
        }
    }

    private Mono<Void> gone(WorkingSession session) {
        events.publish(new SessionEvent.Discarded(events.now(), session.id()));
        return Mono.error(() -> new SessionException.Gone(session.id()));
    }

    private static Map<String, Integer> sizes(Map<String, EncodedValue> attributes) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        attributes.forEach((name, value) -> sizes.put(name, value.length()));
        return sizes;
    }
}
