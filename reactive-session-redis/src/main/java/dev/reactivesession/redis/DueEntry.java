package dev.reactivesession.redis;

import dev.reactivesession.SessionId;

/**
 * An entry of the index that a sweep has to look at.
 *
 * @param id which
 * @param at since when, exactly as Redis wrote it: when it changes, the entry was entered again
 */
record DueEntry(SessionId id, String at) {

    /** The time of a session that is being deleted: every sweep looks at it until it is gone. */
    static final String DELETING = "-1";

    static DueEntry of(String line) {
        int blank = line.indexOf(' ');
        return new DueEntry(SessionId.parse(line.substring(0, blank)).orElseThrow(), line.substring(blank + 1));
    }

    boolean isDeleting() {
        return at.equals(DELETING);
    }
}
