package dev.reactivesession;

/** The result of reading an attribute whose stored form cannot be decoded. The stored form is kept either way. */
public enum UnreadablePolicy {
    /** The attribute reads as absent. */
    TREAT_AS_ABSENT,
    /** Reading that attribute throws {@link SessionException.Unreadable}; the others can still be read. */
    REFUSE
}
