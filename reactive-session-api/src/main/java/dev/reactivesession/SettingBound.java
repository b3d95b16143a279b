package dev.reactivesession;

import org.jspecify.annotations.Nullable;

/**
 * The bounds of one setting. Checks a value, and writes the sentence that names the setting, the value and the values
 * that are allowed.
 *
 * @param setting the full name, as in {@code reactive-session.idle-timeout}
 * @param least the least value that is allowed
 * @param most the greatest value that is allowed, or null for any
 * @param besides a value outside the bounds that is allowed too, or null
 * @param <C> the type of the values
 */
public record SettingBound<C extends Comparable<C>>(
        String setting, C least, @Nullable C most, @Nullable C besides) {

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
        return new SettingBound<>(setting, least, most, null);
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
        return new SettingBound<>(setting, least, null, null);
    }

    /**
     * The same bounds, and one value outside of them, as 0 for none.
     *
     * @param value the value
     * @return the bounds
     */
    public SettingBound<C> or(C value) {
        return new SettingBound<>(setting, least, most, value);
    }

    /**
     * Lets a value pass that is within the bounds, bounds included.
     *
     * @param value the value to check
     * @return the value
     * @throws SessionException.Misconfigured when it is out of bounds
     */
    public C require(C value) {
        boolean within = value.compareTo(least) >= 0 && (most == null || value.compareTo(most) <= 0);
        if (!within && !value.equals(besides)) {
            throw new SessionException.Misconfigured(setting + " is " + value + ", but must be " + allowed(), null);
        }
        return value;
    }

    private String allowed() {
        return (besides == null ? "" : besides + ", or ")
                + (most == null ? "at least " + least : "from " + least + " to " + most);
    }
}
