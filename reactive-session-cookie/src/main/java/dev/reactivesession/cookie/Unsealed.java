package dev.reactivesession.cookie;

import dev.reactivesession.SessionEvent.Refused.Reason;

/** The outcome of opening a token. */
sealed interface Unsealed {

    /** It is authentic: the content is this stretch of the buffer. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Authentic(byte[] buffer, int from, int end) implements Unsealed {}

    /** It is not. */
    record Refused(Reason reason) implements Unsealed {}
}
