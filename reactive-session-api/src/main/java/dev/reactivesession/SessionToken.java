package dev.reactivesession;

/**
 * The bearer secret on the wire: its holder is the visitor. It is never stored and never logged, so its text form
 * shows nothing of it; {@link #value()} is for the transport alone.
 *
 * @param value as the client sends it
 */
public record SessionToken(String value) {

    /** Says that this is a token, and nothing else. */
    @Override
    public String toString() {
        return "SessionToken[redacted]";
    }
}
