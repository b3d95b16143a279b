package dev.reactivesession.store.tiered;

/** What came of a command to the cache. */
enum CacheOutcome {
    DONE,
    /** It was not what the command was based on. */
    REFUSED,
    /** The command may or may not have been carried out. */
    FAILED
}
