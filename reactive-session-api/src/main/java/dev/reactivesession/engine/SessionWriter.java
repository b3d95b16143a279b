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

    /** Only ends the session where that was asked for: the changes of a request that failed are not stored. */
    Mono<Void> endInTurn(SessionLives session) {
        return session.saves().inTurn(Mono.defer(() -> end(session)));
    }

    /** Ends an ended session first, and then stores the changes of the one that is there now. */
    Mono<Void> save(SessionLives session) {
        return session.saves().inTurn(Mono.defer(() -> end(session).then(Mono.defer(() -> keep(session)))));
    }

    private Mono<Void> end(SessionLives session) {
        SessionRecord ended = session.takeEnded();
        return ended == null
                ? Mono.empty()
                : vault.delete(ended)
                        .doOnError(error -> session.giveBackEnded(ended))
                        .doOnCancel(() -> session.giveBackEnded(ended))
                        .flatMap(deleted -> settlement.ended(session, ended));
    }

    private Mono<Void> keep(SessionLives session) {
        PendingSave save = session.takeChanges(names);
        return Mono.defer(() -> kept(session, save))
                .doOnError(error -> giveBack(session, save, error))
                .doOnCancel(() -> session.giveBack(save, true));
    }

    private Mono<Void> kept(SessionLives session, PendingSave save) {
        SessionRecord base = save.base();
        return base == null ? createIfWorth(session, save) : updateOrTouch(session, save, base);
    }

    /** Only an answer that was lost leaves a doubt; every other error says that nothing was stored. */
    private static void giveBack(SessionLives session, PendingSave save, Throwable error) {
        if (!(error instanceof SessionException.Gone)) {
            session.giveBack(save, error instanceof SessionException.Unavailable);
        }
    }

    private Mono<Void> createIfWorth(SessionLives session, PendingSave save) {
        if (!session.isWorthCreating(save)) {
            session.giveBack(save, false);
            return Mono.empty();
        }
        return userLimit.beforeLogin(save).then(Mono.defer(() -> create(session, save)));
    }

    private Mono<Void> create(SessionLives session, PendingSave unnamed) {
        Settlement.requireDeliverable(session, "a session that begins needs a token");
        PendingSave save = unnamed.with(unnamed.order().named(names));
        SaveOrder order = save.order();
        Map<String, EncodedValue> first =
                attributes.replay(order, save.stored(), session.id(), Precedence.OURS_IS_LATER);
        origins.note(first, order, session.client());
        SessionRecord record = rules.first(
                session.id(),
                session.ask(SessionCopy::createdAt),
                order,
                attributes.remembrance(first),
                attributes.join(first));
        session.attempted(save, record);
        return vault.insert(record, order.writes())
                .onErrorMap(SessionException.TooLarge.class, error -> AttributeRules.naming(error, first))
                .flatMap(outcome -> created(session, save, outcome, first));
    }

    private Mono<Void> created(
            SessionLives session, PendingSave save, SaveOutcome outcome, Map<String, EncodedValue> first) {
        if (outcome instanceof Saved saved) {
            return settlement.stored(session, save, saved, first);
        }
        return outcome instanceof Moved moved ? update.afterBegun(session, save, moved) : settlement.gone(session);
    }

    private Mono<Void> updateOrTouch(SessionLives session, PendingSave taken, SessionRecord base) {
        if (taken.copy().isReplaced()) {
            return settlement.gone(session);
        }
        PendingSave save = session.client().canDeliver() ? taken : withoutRenewal(taken);
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
    private Mono<Void> touchIfDue(SessionLives session, PendingSave save, SessionRecord base) {
        if (!session.isTouchDue(base)) {
            return Mono.empty();
        }
        Instant now = rules.now();
        Remembrance remembrance = attributes.remembrance(save.stored());
        boolean anotherDay = remembrance != null && remembrance.isAnotherDay(base.lastAccessedAt(), now);
        if (anotherDay || origins.isNews(save.stored(), session.client())) {
            return update.of(session, save, base);
        }
        return vault.touch(base, now, rules.deadline(base, now, remembrance))
                .doOnNext(outcome -> touched(session, outcome, remembrance))
                .then();
    }

    private void touched(SessionLives session, SaveOutcome outcome, @Nullable Remembrance remembrance) {
        if (outcome instanceof Saved saved) {
            settlement.touched(session, saved, remembrance);
        }
    }
}
