package dev.reactivesession;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can go wrong with a session. A message names the setting and the bound where there is one, and never
 * holds a token, a secret or the content of an attribute. Read it with one {@code switch}: the cases are sealed.
 */
public abstract sealed class SessionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private SessionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The store did not answer, or not in time. The state is the old one or the new one; trying again may help. */
    public static final class Unavailable extends SessionException {

        private static final long serialVersionUID = 1L;

        /**
         * The store was not available.
         *
         * @param message the failure, and the setting that bounds it
         * @param cause the driver's error, or null
         */
        public Unavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** Somebody else changed the same thing, and the policy is to refuse. Loading again shows the other change. */
    public static final class Conflict extends SessionException {

        private static final long serialVersionUID = 1L;

        private final List<String> attributes;

        /**
         * Two requests were in conflict.
         *
         * @param message what happened
         * @param attributes the names of the attributes that both sides changed; empty when retries ran out
         */
        public Conflict(String message, Collection<String> attributes) {
            super(message, null);
            this.attributes = List.copyOf(attributes);
        }

        /**
         * The attributes that both sides changed.
         *
         * @return their names
         */
        public List<String> attributes() {
            return attributes;
        }
    }

    /**
     * The session was ended elsewhere while it was in use here. The changes made here are not stored, and must not be.
     */
    public static final class Gone extends SessionException {

        private static final long serialVersionUID = 1L;

        /**
         * Names the session that is gone.
         *
         * @param id its id
         */
        public Gone(SessionId id) {
            super("session " + id + " was ended while this request used it; its changes were not saved", null);
        }
    }

    /** Stored data, or one attribute of it, cannot be decoded. The content is not part of the message. */
    public static final class Unreadable extends SessionException {

        private static final long serialVersionUID = 1L;

        /**
         * Stored data cannot be read.
         *
         * @param message which attribute or format, without its content
         * @param cause the decoder's error, or null
         */
        public Unreadable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** A value cannot be stored: its type is not allow-listed, or it cannot be written in the stored form. */
    public static final class NotStorable extends SessionException {

        private static final long serialVersionUID = 1L;

        /**
         * A value cannot be stored.
         *
         * @param message the attribute, the type, and the setting that would allow it
         * @param cause the encoder's error, or null
         */
        public NotStorable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The session is larger than its bound. */
    public static final class TooLarge extends SessionException {

        private static final long serialVersionUID = 1L;

        private static final int NAMED = 3;

        private final String bound;

        private final Map<String, Integer> sizes;

        /**
         * Says which bound was passed.
         *
         * @param bound the size, the bound and the setting that moves it
         * @param sizes the encoded size in bytes of each attribute, as far as it is known
         */
        public TooLarge(String bound, Map<String, Integer> sizes) {
            super(bound + largest(sizes), null);
            this.bound = bound;
            this.sizes = Map.copyOf(sizes);
        }

        /**
         * The same error, with the attributes named.
         *
         * @param known the encoded size in bytes of each attribute
         * @return an error that names the largest
         */
        public TooLarge naming(Map<String, Integer> known) {
            return new TooLarge(bound, known);
        }

        /**
         * The size of each attribute.
         *
         * @return the encoded size in bytes by name
         */
        public Map<String, Integer> sizes() {
            return sizes;
        }

        private static String largest(Map<String, Integer> sizes) {
            return sizes.isEmpty()
                    ? ""
                    : sizes.entrySet().stream()
                            .sorted(Map.Entry.<String, Integer>comparingByValue()
                                    .reversed())
                            .limit(NAMED)
                            .map(entry -> "'" + entry.getKey() + "' " + entry.getValue() + " bytes")
                            .collect(Collectors.joining(", ", "; the largest attributes: ", ""));
        }
    }

    /** The name of an attribute is empty, too long, or reserved. */
    public static final class InvalidName extends SessionException {

        private static final long serialVersionUID = 1L;

        /**
         * A name is not allowed.
         *
         * @param message the name and the rule
         */
        public InvalidName(String message) {
            super(message, null);
        }
    }

    /** A new token cannot reach the client: the response is committed, or there is none. Nothing was stored. */
    public static final class Undeliverable extends SessionException {

        private static final long serialVersionUID = 1L;

        /**
         * Says which change needed a token.
         *
         * @param message what was tried, and what to do instead
         */
        public Undeliverable(String message) {
            super(message, null);
        }
    }

    /** A user has as many sessions as allowed, and the policy is to refuse another. */
    public static final class LimitReached extends SessionException {

        private static final long serialVersionUID = 1L;

        /**
         * Names the limit.
         *
         * @param maximum the number of sessions a user may have
         */
        public LimitReached(int maximum) {
            super("this user has " + maximum + " sessions already, the maximum that max-per-principal allows", null);
        }
    }

    /** A request needs something that was not configured, or was configured wrongly. */
    public static final class Misconfigured extends SessionException {

        private static final long serialVersionUID = 1L;

        /**
         * A setting is wrong.
         *
         * @param message the setting, the value, and one that works
         * @param cause the underlying error, or null
         */
        public Misconfigured(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
