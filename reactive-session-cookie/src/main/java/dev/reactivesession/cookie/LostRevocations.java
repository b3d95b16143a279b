package dev.reactivesession.cookie;

/** Which way to fail when the store of revocations has lost its data: restarted empty, flushed, or replaced. */
public enum LostRevocations {
    /**
     * Tokens sealed before the loss are denied, because the store cannot tell any more which of them were ended.
     * Everybody logs in once more. Each opening asks the store two things at once: about the token, and about the
     * store's own age.
     */
    END_SESSIONS,
    /**
     * Tokens sealed before the loss are taken again, also those that were ended. Each opening asks the store one
     * thing.
     */
    KEEP_SESSIONS
}
