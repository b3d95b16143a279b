package dev.reactivesession;

import org.jspecify.annotations.Nullable;

/**
 * The bounds of one setting. Checks a value, and writes the sentence that names the setting, the value and the values
 * that are allowed.
 *
 * @param setting the full name, as in {@code reactive-session.idle-timeout}
 * @param least the least value that is allowed
 * @param most the greatest value that is allowed, or null for any
 * @param <C> the type of the values
 */
public record SettingBound<C extends Comparable<C>>(
        String setting, C least, @Nullable C most) {

    /**
     * Both bounds.
     *
     * @param setting the full name, as in {@code reactive-session.idle-timeout}
     * @param least the least value that is allowed
     * @param most the greatest value that is allowed
     * @param <C> the type of the values
     * @return the bounds
     */
    public static <C extends Comparable<C>> SettingBound<C> within(String setting, C least, C most) {
        return new SettingBound<>(setting, least, most);
    }

    /**
     * A lower bound alone.
     *
     * @param setting the full name, as in {@code reactive-session.idle-timeout}
     * @param least the least value that is allowed
     * @param <C> the type of the values
     * @return the bound
     */
    public static <C extends Comparable<C>> SettingBound<C> atLeast(String setting, C least) {
        return new SettingBound<>(setting, least, null);
    }

    /**
     * Lets a value pass that is within the bounds, bounds included.
     *
     * @param value the value to check
     * @return the value
     * @throws SessionException.Misconfigured when it is out of bounds
     */
    public C require(C value) {
        if (value.compareTo(least) < 0 || (most != null && value.compareTo(most) > 0)) {
            throw new SessionException.Misconfigured(setting + " is " + value + ", but must be " + allowed(), null);
        }
        return value;
    }

    private String allowed() {
        return most == null ? "at least " + least : "from " + least + " to " + most;
    }
}
