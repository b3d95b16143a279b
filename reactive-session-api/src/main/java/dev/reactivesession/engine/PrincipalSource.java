package dev.reactivesession.engine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says whose a session is by one of its attributes, so that whoever puts a user into that attribute has logged in, and
 * whoever removes it has logged out, without a word to {@link dev.reactivesession.Session#login}.
 */
public interface PrincipalSource {

    /** No attribute says so. */
    PrincipalSource NONE = new PrincipalSource() {
        @Override
        public boolean isHeldBy(String attribute) {
            return false;
        }

        @Override
        public Optional<String> principalOf(@Nullable Object value) {
            return Optional.empty();
        }
    };

    /**
     * Whether an attribute says whose the session is.
     *
     * @param attribute its name
     * @return false for all but one
     */
    boolean isHeldBy(String attribute);

    /**
     * Whose the session is.
     *
     * @param value the new value of the attribute, or null when it was removed
     * @return a user name; empty when there is none
     */
    Optional<String> principalOf(@Nullable Object value);

    /**
     * Who acts as that user.
     *
     * @param value the new value of the attribute, or null when it was removed
     * @return a user name; empty when the user acts
     */
    default Optional<String> actorOf(@Nullable Object value) {
        return Optional.empty();
    }
}
