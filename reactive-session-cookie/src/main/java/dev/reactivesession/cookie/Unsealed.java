package dev.reactivesession.cookie;

import dev.reactivesession.SessionEvent.Refused.Reason;

/** What became of a token. */
sealed interface Unsealed {

    /** It is authentic: a stretch of the buffer is what was sealed. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Authentic(byte[] buffer, int from, int end, boolean underFirstKey) implements Unsealed {}

    /** It is not. */
    record Refused(Reason reason) implements Unsealed {}
}
