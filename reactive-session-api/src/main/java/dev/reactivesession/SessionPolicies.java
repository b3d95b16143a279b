package dev.reactivesession;

/**
 * The choices of an application, with their defaults.
 *
 * @param onConflict what to do when two requests set the same attribute to different values
 * @param onUnreadable what to do when an attribute cannot be decoded
 * @param extendOnAccess whether reading a session moves its idle deadline
 * @param saveOnServerError whether changes are stored when the response is a 5xx; an ended session stays ended either
 * way
 */
public record SessionPolicies(
        ConflictPolicy onConflict, UnreadablePolicy onUnreadable, boolean extendOnAccess, boolean saveOnServerError) {

    /**
     * Last writer wins, unreadable is absent, access extends, a server error saves nothing.
     *
     * @return the defaults
     */
    public static SessionPolicies defaults() {
        return new SessionPolicies(ConflictPolicy.LAST_WRITER_WINS, UnreadablePolicy.TREAT_AS_ABSENT, true, false);
    }

    /**
     * Another choice for conflicts.
     *
     * @param choice the policy
     * @return a copy
     */
    public SessionPolicies withOnConflict(ConflictPolicy choice) {
        return new SessionPolicies(choice, onUnreadable, extendOnAccess, saveOnServerError);
    }

    /**
     * Another choice for unreadable attributes.
     *
     * @param choice the policy
     * @return a copy
     */
    public SessionPolicies withOnUnreadable(UnreadablePolicy choice) {
        return new SessionPolicies(onConflict, choice, extendOnAccess, saveOnServerError);
    }

    /**
     * Switches the extension on access on or off.
     *
     * @param choice whether reading a session moves its idle deadline
     * @return a copy
     */
    public SessionPolicies withExtendOnAccess(boolean choice) {
        return new SessionPolicies(onConflict, onUnreadable, choice, saveOnServerError);
    }

    /**
     * Switches saving on a server error on or off.
     *
     * @param choice whether changes are stored when the response is a 5xx
     * @return a copy
     */
    public SessionPolicies withSaveOnServerError(boolean choice) {
        return new SessionPolicies(onConflict, onUnreadable, extendOnAccess, choice);
    }
}
