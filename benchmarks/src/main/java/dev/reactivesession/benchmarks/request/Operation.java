package dev.reactivesession.benchmarks.request;

import java.util.Locale;

/** A kind of request. */
public enum Operation {
    /** The client has a session; the handler never asks for it. */
    UNTOUCHED,
    /** One of 20 attributes of about 50 bytes is read. */
    READ,
    /** One of them is set to a new value. */
    WRITE,
    /** A client without a session gets one, with one attribute. */
    CREATE,
    /** A session of 20 attributes gets a user and a new token. */
    LOGIN;

    /**
     * Where it is.
     *
     * @return a path
     */
    public String path() {
        return "/" + name().toLowerCase(Locale.ROOT);
    }
}
