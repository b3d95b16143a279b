package dev.reactivesession.store;

import dev.reactivesession.SessionEvent.Refused.Reason;

/** The result of opening a token. */
public sealed interface Opening {

    /**
     * It opens a session.
     *
     * @param record its record, which may have expired
     * @param renewalDue whether the client should get a new token on this response
     */
    record Opened(SessionRecord record, boolean renewalDue) implements Opening {}

    /**
     * It opens nothing.
     *
     * @param reason why, for metrics; the client cannot tell the reasons apart
     */
    record Rejected(Reason reason) implements Opening {}
}
