package dev.reactivesession.engine;

import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionEvent.Refused.Reason;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionToken;
import dev.reactivesession.engine.SessionProbe.Step;
import dev.reactivesession.store.Opening;
import dev.reactivesession.store.Opening.Opened;
import dev.reactivesession.store.Opening.Rejected;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionVault;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The way in: the tokens that a client presents become a session, or a fresh one where none of them opens any. */
final class SessionLoader {

    private static final Set<Reason> OVER = EnumSet.of(Reason.UNKNOWN, Reason.EXPIRED, Reason.REVOKED);

    private final SessionVault vault;

    private final SessionFactory factory;

    private final SessionWays ways;

    private final UserLimit userLimit;

    private final SessionEvents events;

    private final SessionProbe probe;

    SessionLoader(
            SessionVault vault,
            SessionFactory factory,
            SessionWays ways,
            UserLimit userLimit,
            SessionEvents events,
            SessionProbe probe) {
        this.vault = vault;
        this.factory = factory;
        this.ways = ways;
        this.userLimit = userLimit;
        this.events = events;
        this.probe = probe;
    }

    Mono<WorkingSession> load(TokenCarrier carrier) {
        return Mono.defer(() -> probe.watch(Step.LOAD, opened(carrier)));
    }

    private Mono<WorkingSession> opened(TokenCarrier carrier) {
        List<SessionToken> presented = carrier.presented();
        if (presented.isEmpty()) {
            return Mono.fromSupplier(() -> fresh(carrier, false));
        }
        return presented.size() == 1
                ? vault.open(presented.get(0), events.now())
                        .map(opening -> openedOrFresh(opening, presented.get(0), carrier))
                : firstOf(presented, carrier, true);
    }

    private WorkingSession openedOrFresh(Opening opening, SessionToken token, TokenCarrier carrier) {
        WorkingSession session = opened(opening, token, carrier);
        return session == null ? fresh(carrier, isOver(opening)) : session;
    }

    /** Tries one token after the other; all those before were of sessions that are over, or not. */
    private Mono<WorkingSession> firstOf(List<SessionToken> presented, TokenCarrier carrier, boolean overSoFar) {
        if (presented.isEmpty()) {
            return Mono.fromSupplier(() -> fresh(carrier, overSoFar));
        }
        SessionToken token = presented.get(0);
        return vault.open(token, events.now()).flatMap(opening -> {
            WorkingSession session = opened(opening, token, carrier);
            return session == null
                    ? firstOf(presented.subList(1, presented.size()), carrier, overSoFar && isOver(opening))
                    : Mono.just(session);
        });
    }

    private WorkingSession fresh(TokenCarrier carrier, boolean over) {
        if (over) {
            carrier.presentedStale();
        }
        return new WorkingSession(ways, new SessionLives(factory, new Client(carrier, null)));
    }

    /**
     * Whether the session of a token that opened none is surely over. A token that was replaced is not: the client may
     * hold the new one already. Neither is one that another application or another version of this one may read.
     */
    private boolean isOver(Opening opening) {
        return opening instanceof Rejected rejected
                ? OVER.contains(rejected.reason())
                : factory.rules().isExpired(((Opened) opening).record(), events.now());
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
            if (copy == null || isForgotten(copy, record, now)) {
                events.publish(new SessionEvent.Expired(now, record.id()));
                return null;
            }
            if (client.isVisit()) {
                userLimit.used(record, now);
            }
            return new WorkingSession(ways, new SessionLives(factory, client, copy));
        } catch (SessionException.Unreadable error) {
            events.publish(new SessionEvent.Unreadable(now, record.id(), null, String.valueOf(error.getMessage())));
            events.publish(new SessionEvent.Refused(now, Reason.UNREADABLE));
            return null;
        }
    }

    /** A session may be remembered for less than the limits allow, and may be in the store for longer. */
    private boolean isForgotten(SessionCopy copy, SessionRecord record, Instant now) {
        Remembrance remembrance =
                factory.attributes().remembrance(copy.attributes().stored());
        return remembrance != null && factory.rules().isOver(record, now, remembrance);
    }
}
