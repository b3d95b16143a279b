package dev.reactivesession;

/** What reading an attribute does when its stored form cannot be decoded. Either way the stored form is kept until overwritten. */
public enum UnreadablePolicy {
    /** The attribute reads as absent. */
    TREAT_AS_ABSENT,
    /** Reading that attribute throws {@link SessionException.Unreadable}; the others can still be read. */
    REFUSE
}
