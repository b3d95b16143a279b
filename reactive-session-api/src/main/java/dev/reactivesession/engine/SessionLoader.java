package dev.reactivesession.engine;

import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionEvent.Refused.Reason;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionToken;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.Opening.Opened;
import dev.reactivesession.store.Opening.Rejected;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionVault;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The way in: the tokens that a client presents become a session, or a fresh one where none of them opens any. */
final class SessionLoader {

    private final SessionVault vault;

    private final SessionFactory factory;

    private final SessionEvents events;

    SessionLoader(SessionVault vault, SessionFactory factory, SessionEvents events) {
        this.vault = vault;
        this.factory = factory;
        this.events = events;
    }

    Mono<WorkingSession> load(TokenCarrier carrier) {
        List<SessionToken> presented = carrier.presented();
        if (presented.isEmpty()) {
            return Mono.fromSupplier(() -> fresh(carrier));
        }
        return presented.size() == 1
                ? vault.open(presented.get(0), events.now())
                        .map(opening -> openedOrFresh(opening, presented.get(0), carrier))
                : firstOf(presented, carrier);
    }

    private WorkingSession openedOrFresh(Opening opening, SessionToken token, TokenCarrier carrier) {
        WorkingSession session = opened(opening, token, carrier);
        return session == null ? fresh(carrier) : session;
    }

    private WorkingSession fresh(TokenCarrier carrier) {
        return new WorkingSession(factory, new Client(carrier, null));
    }

    private Mono<WorkingSession> firstOf(List<SessionToken> presented, TokenCarrier carrier) {
        return Flux.fromIterable(presented)
                .concatMap(token -> opened(token, carrier), 1)
                .next()
                .switchIfEmpty(Mono.fromSupplier(() -> fresh(carrier)));
    }

    /** Empty when it opens none. */
    private Mono<WorkingSession> opened(SessionToken token, TokenCarrier carrier) {
        return vault.open(token, events.now()).handle((opening, sink) -> {
            WorkingSession session = opened(opening, token, carrier);
            if (session != null) {
                sink.next(session);
            }
        });
    }

    private @Nullable WorkingSession opened(Opening opening, SessionToken token, TokenCarrier carrier) {
        if (opening instanceof Rejected rejected) {
            events.publish(new SessionEvent.Refused(events.now(), rejected.reason()));
            return null;
        }
        Opened opened = (Opened) opening;
        if (opened.renewalDue()) {
            events.publish(
                    new SessionEvent.TokenOutdated(events.now(), opened.record().id()));
        }
        return alive(opened.record(), new Client(carrier, token), opened.renewalDue());
    }

    /** The session of a record outside of any exchange, or null when it is not alive. */
    @Nullable
    WorkingSession alive(SessionRecord record) {
        return alive(record, new Client(NoClient.OUTSIDE_ANY_EXCHANGE, null), false);
    }

    /** Null when the record has expired or its payload cannot be read; the record is left as it is. */
    private @Nullable WorkingSession alive(SessionRecord record, Client client, boolean renewalDue) {
        Instant now = events.now();
        try {
            SessionCopy copy = factory.rules().isExpired(record, now) ? null : factory.stored(record, renewalDue);
            if (copy == null || factory.times(copy).isOver(now)) {
                events.publish(new SessionEvent.Expired(now, record.id()));
                return null;
            }
            return new WorkingSession(factory, client, copy);
        } catch (SessionException.Unreadable error) {
            events.publish(new SessionEvent.Unreadable(now, record.id(), null));
            events.publish(new SessionEvent.Refused(now, Reason.UNREADABLE));
            return null;
        }
    }
}
