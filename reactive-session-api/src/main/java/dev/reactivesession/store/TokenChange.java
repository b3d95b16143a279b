package dev.reactivesession.store;

/** The effect of a save on the token. */
public enum TokenChange {
    /** The token stays good. */
    KEEP,
    /** A new token; the old one is dead at once. */
    ROTATE,
    /** A new token; the old one is taken for the grace period of periodic renewal. */
    RENEW
}
