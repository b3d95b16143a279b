package dev.reactivesession.cookie;

import dev.reactivesession.SettingBound;

/**
 * The choices for {@link Revocations}. Start from {@link #defaults()}.
 *
 * @param onLost which way to fail when the store has lost its data
 * @param maximum how many ends of anonymous sessions each node has remembered at a time: 1 to 100 million. Anybody
 *     can make those; beyond this number they are not remembered, and the copy of such a cookie opens until its
 *     deadline. The end of a user's session is always remembered
 */
public record RevocationSettings(LostRevocations onLost, int maximum) {

    private static final int DEFAULT_MAXIMUM = 100_000;

    private static final SettingBound<Integer> MAXIMUM =
            SettingBound.within("reactive-session.sealed.max-revocations", 1, 100_000_000);

    /** Checks the bound. */
    public RevocationSettings {
        MAXIMUM.require(maximum);
    }

    /**
     * Lost revocations end sessions; 100,000 ends of anonymous sessions.
     *
     * @return the defaults
     */
    public static RevocationSettings defaults() {
        return new RevocationSettings(LostRevocations.END_SESSIONS, DEFAULT_MAXIMUM);
    }

    /**
     * Another way to fail.
     *
     * @param choice which way
     * @return a copy
     */
    public RevocationSettings withOnLost(LostRevocations choice) {
        return new RevocationSettings(choice, maximum);
    }

    /**
     * Another bound.
     *
     * @param choice 1 to 100 million
     * @return a copy
     */
    public RevocationSettings withMaximum(int choice) {
        return new RevocationSettings(onLost, choice);
    }
}
