package dev.reactivesession.engine;

import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.store.SaveOutcome.Saved;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.TokenChange;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The end of a save: the working copy learns what is stored, the limit is kept, and the client gets its token. */
final class Settlement {

    private final RecordRules rules;

    private final AttributeRules attributes;

    private final UserLimit userLimit;

    private final SessionEvents events;

    Settlement(RecordRules rules, AttributeRules attributes, UserLimit userLimit, SessionEvents events) {
        this.rules = rules;
        this.attributes = attributes;
        this.userLimit = userLimit;
        this.events = events;
    }

    /** Store first, limit second, header last: no token for a login that the limit takes back. */
    Mono<Void> stored(SessionLives session, PendingSave save, Saved saved, Map<String, EncodedValue> stored) {
        if (saved.token() != null && save.order().token() == TokenChange.KEEP) {
            // every save of a vault that keeps no records needs a new token: without it nothing is stored
            requireDeliverable(session, "a changed session needs a new token");
        }
        session.settle(save, saved.record(), stored);
        events.publish(eventOf(save, saved.record()));
        publishActor(save, saved.record());
        return userLimit
                .afterLogin(save, saved.record())
                .then(Mono.fromRunnable(() -> deliver(session, save, saved, attributes.remembrance(stored))));
    }

    private SessionEvent eventOf(PendingSave save, SessionRecord record) {
        if (save.base() == null) {
            return new SessionEvent.Created(record.lastAccessedAt(), record.id(), record.principal());
        }
        return save.order().token() == TokenChange.KEEP
                ? new SessionEvent.Saved(events.now(), record.id(), record.principal())
                : new SessionEvent.Rotated(events.now(), record.id(), record.principal());
    }

    private void publishActor(PendingSave save, SessionRecord record) {
        String actor = save.order().actor();
        if (actor != null && record.principal() != null) {
            events.publish(new SessionEvent.Impersonated(events.now(), record.id(), record.principal(), actor));
        }
    }

    private void deliver(SessionLives session, PendingSave save, Saved saved, @Nullable Remembrance remembrance) {
        if (saved.token() != null) {
            requireDeliverable(session, "a changed session needs a new token");
            session.client().deliver(saved.token(), rules.left(remembrance));
        } else if (save.order().remembrance() != null || isOnAnotherDay(save, saved, remembrance)) {
            session.client().deliverAgain(saved.record(), rules.left(remembrance));
        }
    }

    private static boolean isOnAnotherDay(PendingSave save, Saved saved, @Nullable Remembrance remembrance) {
        return remembrance != null
                && save.base() != null
                && remembrance.isAnotherDay(
                        save.base().lastAccessedAt(), saved.record().lastAccessedAt());
    }

    void touched(SessionLives session, Saved saved, @Nullable Remembrance remembrance) {
        SessionRecord record = saved.record();
        session.touched(record);
        if (saved.token() != null && session.client().canDeliver()) {
            session.client().deliver(saved.token(), rules.left(remembrance));
        }
        events.publish(new SessionEvent.Touched(record.lastAccessedAt(), record.id()));
    }

    /** The changes are merged; from here on this request has no part in the session any more. */
    Mono<Void> replaced(SessionLives session, PendingSave save) {
        session.becomeReplaced(save);
        return Mono.empty();
    }

    Mono<Void> ended(SessionLives session, SessionRecord ended) {
        session.client().remove();
        events.publish(new SessionEvent.Invalidated(events.now(), ended.id(), ended.principal()));
        return Mono.empty();
    }

    Mono<Void> gone(SessionLives session) {
        events.publish(new SessionEvent.Discarded(events.now(), session.id()));
        return Mono.error(() -> new SessionException.Gone(session.id()));
    }

    static void requireDeliverable(SessionLives session, String why) {
        if (!session.client().canDeliver()) {
            throw new SessionException.Undeliverable(
                    why + ", but no response can carry it any more: call save() before the response is committed");
        }
    }
}
