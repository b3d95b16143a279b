package dev.reactivesession;

/** A thing that is noted about where a session is used from, where {@code reactive-session.origin} asks for it. */
public enum OriginPart {
    /** The address of the client; behind a proxy the one in the forwarded headers that are trusted. */
    ADDRESS,
    /** The address without its end: 24 bits of an IPv4 address, 48 of an IPv6 address. */
    SHORT_ADDRESS,
    /** The header {@code User-Agent}, its first 256 characters. */
    AGENT
}
