package dev.reactivesession.engine;

import dev.reactivesession.SessionToken;
import dev.reactivesession.store.SessionRecord;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The client of one session, and the token it holds: as presented, or as given to it since. */
final class Client {

    private final TokenCarrier carrier;

    private @Nullable SessionToken held;

    Client(TokenCarrier carrier, @Nullable SessionToken held) {
        this.carrier = carrier;
        this.held = held;
    }

    boolean isVisit() {
        return carrier.isVisit();
    }

    TokenCarrier.Sender sender() {
        return carrier.sender();
    }

    boolean canDeliver() {
        return carrier.canDeliver();
    }

    /** A remembered session is kept that long; any other as the transport is set. */
    synchronized void deliver(SessionToken token, @Nullable Duration remembered) {
        held = token;
        if (remembered == null) {
            carrier.deliver(token);
        } else {
            carrier.deliver(token, remembered);
        }
    }

    /** The same token, which the client is to keep for another time; never one that was replaced meanwhile. */
    synchronized void deliverAgain(SessionRecord record, @Nullable Duration remembered) {
        if (held != null && carrier.canDeliver() && RecordProof.isCurrent(record, held)) {
            deliver(held, remembered);
        }
    }

    synchronized void remove() {
        held = null;
        carrier.remove();
    }
}
