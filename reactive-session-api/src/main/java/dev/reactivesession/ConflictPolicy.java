package dev.reactivesession;

/** The rule for two requests that set one place to different values. Nothing else is a conflict. */
public enum ConflictPolicy {
    /** The value saved last stays, attribute by attribute. */
    LAST_WRITER_WINS,
    /** The later save fails with {@link SessionException.Conflict}, and stores nothing. */
    REFUSE
}
