package dev.reactivesession.engine;

import dev.reactivesession.SessionException;
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
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The way out: the changes of a session become at most one store call. */
final class SessionWriter {

    private final SessionVault vault;

    private final RecordRules rules;

    private final AttributeRules attributes;

    private final OriginRules origins;

    private final UserLimit userLimit;

    private final SessionUpdate update;

    private final Settlement settlement;

    private final Supplier<WriteName> names;

    SessionWriter(
            SessionVault vault,
            RecordRules rules,
            AttributeRules attributes,
            OriginRules origins,
            UserLimit userLimit,
            SessionUpdate update,
            Settlement settlement,
            Supplier<WriteName> names) {
        this.vault = vault;
        this.rules = rules;
        this.attributes = attributes;
        this.origins = origins;
        this.userLimit = userLimit;
        this.update = update;
        this.settlement = settlement;
        this.names = names;
    }

    /** Stores the changes before the response is committed. A session that was ended elsewhere stays so: no error. */
    Mono<Void> commit(WorkingSession session) {
        return Mono.defer(() -> session.lives().saves().isIdle() && isSurelyAsStored(session)
                ? Mono.empty()
                : session.save().onErrorComplete(SessionException.Gone.class));
    }

    private static boolean isSurelyAsStored(WorkingSession session) {
        SessionRecord record = session.lives().record();
        return record != null
                && session.lives().isSurelyAsStored()
                && !session.lives().isTouchDue(record);
    }

    /** Only ends the session where that was asked for: the changes of a request that failed are not stored. */
    Mono<Void> commitEndOnly(WorkingSession session) {
        return session.lives().saves().inTurn(Mono.defer(() -> end(session)));
    }

    Mono<Void> saveInTurn(WorkingSession session) {
        return session.lives().saves().inTurn(Mono.defer(() -> save(session)));
    }

    /** Ends an ended session first, and then stores the changes of the one that is there now. */
    private Mono<Void> save(WorkingSession session) {
        return end(session).then(Mono.defer(() -> keep(session)));
    }

    private Mono<Void> end(WorkingSession session) {
        SessionRecord ended = session.lives().takeEnded();
        return ended == null
                ? Mono.empty()
                : vault.delete(ended)
                        .doOnError(error -> session.lives().giveBackEnded(ended))
                        .doOnCancel(() -> session.lives().giveBackEnded(ended))
                        .flatMap(deleted -> settlement.ended(session, ended));
    }

    private Mono<Void> keep(WorkingSession session) {
        PendingSave save = session.lives().takeChanges(names);
        return Mono.defer(() -> kept(session, save))
                .doOnError(error -> giveBack(session, save, error))
                .doOnCancel(() -> session.lives().giveBack(save, true));
    }

    private Mono<Void> kept(WorkingSession session, PendingSave save) {
        SessionRecord base = save.base();
        return base == null ? createIfWorth(session, save) : updateOrTouch(session, save, base);
    }

    /** Only an answer that was lost leaves a doubt; every other error says that nothing was stored. */
    private static void giveBack(WorkingSession session, PendingSave save, Throwable error) {
        if (!(error instanceof SessionException.Gone)) {
            session.lives().giveBack(save, error instanceof SessionException.Unavailable);
        }
    }

    private Mono<Void> createIfWorth(WorkingSession session, PendingSave save) {
        if (!session.lives().isWorthCreating(save)) {
            session.lives().giveBack(save, false);
            return Mono.empty();
        }
        return userLimit.beforeLogin(save).then(Mono.defer(() -> create(session, save)));
    }

    private Mono<Void> create(WorkingSession session, PendingSave unnamed) {
        Settlement.requireDeliverable(session, "a session that begins needs a token");
        PendingSave save = unnamed.with(unnamed.order().named(names));
        SaveOrder order = save.order();
        Map<String, EncodedValue> first =
                attributes.replay(order, save.stored(), session.id(), Precedence.OURS_IS_LATER);
        origins.note(first, order, session.lives().client());
        SessionRecord record = rules.first(
                session.id(), session.createdAt(), order, attributes.remembrance(first), attributes.join(first));
        session.lives().attempted(save, record);
        return vault.insert(record, order.writes())
                .onErrorMap(SessionException.TooLarge.class, error -> AttributeRules.naming(error, first))
                .flatMap(outcome -> created(session, save, outcome, first));
    }

    private Mono<Void> created(
            WorkingSession session, PendingSave save, SaveOutcome outcome, Map<String, EncodedValue> first) {
        if (outcome instanceof Saved saved) {
            return settlement.stored(session, save, saved, first);
        }
        return outcome instanceof Moved moved ? update.afterBegun(session, save, moved) : settlement.gone(session);
    }

    private Mono<Void> updateOrTouch(WorkingSession session, PendingSave taken, SessionRecord base) {
        if (taken.copy().isReplaced()) {
            return settlement.gone(session);
        }
        PendingSave save = session.lives().client().canDeliver() ? taken : withoutRenewal(taken);
        if (save.order().isEmpty()) {
            return touchIfDue(session, save, base);
        }
        if (save.order().token() == TokenChange.ROTATE) {
            Settlement.requireDeliverable(session, "a session that rotates needs a new token");
        }
        if (save.order().isToBeRemembered()) {
            Settlement.requireDeliverable(session, "a session that is to be remembered needs a cookie");
        }
        return userLimit.beforeLogin(save).then(Mono.defer(() -> update.of(session, save, base)));
    }

    private static PendingSave withoutRenewal(PendingSave save) {
        return save.order().token() == TokenChange.RENEW
                ? save.with(save.order().withToken(TokenChange.KEEP))
                : save;
    }

    /** A use that has more to say than its time is a save: a touch does not see that another request came first. */
    private Mono<Void> touchIfDue(WorkingSession session, PendingSave save, SessionRecord base) {
        if (!session.lives().isTouchDue(base)) {
            return Mono.empty();
        }
        Instant now = rules.now();
        Remembrance remembrance = attributes.remembrance(save.stored());
        boolean anotherDay = remembrance != null && remembrance.isAnotherDay(base.lastAccessedAt(), now);
        if (anotherDay || origins.isNews(save.stored(), session.lives().client())) {
            return update.of(session, save, base);
        }
        return vault.touch(base, now, rules.deadline(base, now, remembrance))
                .doOnNext(outcome -> touched(session, outcome, remembrance))
                .then();
    }

    private void touched(WorkingSession session, SaveOutcome outcome, @Nullable Remembrance remembrance) {
        if (outcome instanceof Saved saved) {
            settlement.touched(session, saved, remembrance);
        }
    }
}
