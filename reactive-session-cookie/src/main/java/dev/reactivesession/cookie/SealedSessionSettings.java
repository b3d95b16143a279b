package dev.reactivesession.cookie;

import dev.reactivesession.SettingBound;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The choices for sealed sessions. Start from {@link #defaults()}; a value out of bounds is refused with a message
 * that names it.
 *
 * @param cookieName the cookie the tokens are for: a token sealed for another name does not open
 * @param longestToken how many characters a token may have: 512 to 20480; {@link #longestTokenFor} says what fits
 *     into one cookie
 * @param paddingBlock the multiple of bytes that the sealed record is filled up to, so that its length says less: 0 for
 *     none, or 16 to 2048
 * @param compressed whether attributes are deflated: a visitor who chooses one attribute and watches the length of the
 *     cookie can guess another
 * @param application the application the tokens are for: a token sealed for another one does not open, even under the
 *     same key; empty for any
 */
public record SealedSessionSettings(
        String cookieName, int longestToken, int paddingBlock, boolean compressed, String application) {

    /**
     * By how much the clocks of two nodes may differ. No session begins later than this from now, and the end of a
     * session is remembered for this much longer than its tokens live.
     */
    public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    /** How many bytes a browser keeps of one cookie, name and value together. */
    public static final int LONGEST_COOKIE = 4096;

    private static final String DEFAULT_NAME = "__Host-session";

    /** Checks every bound. */
    public SealedSessionSettings {
        requireBytes("cookie.name", cookieName, 1);
        SettingBound.within("reactive-session.sealed.longest-token", 512, 5 * LONGEST_COOKIE)
                .require(longestToken);
        SettingBound.within("reactive-session.sealed.padding-block", 16, 2048)
                .or(0)
                .require(paddingBlock);
        requireBytes("sealed.application", application, 0);
    }

    private static void requireBytes(String setting, String name, int least) {
        SettingBound.within("the length of reactive-session." + setting + " in bytes", least, 255)
                .require(name.getBytes(StandardCharsets.UTF_8).length);
    }

    /**
     * One cookie named {@code __Host-session}, no padding, no compression.
     *
     * @return the defaults
     */
    public static SealedSessionSettings defaults() {
        return new SealedSessionSettings(DEFAULT_NAME, longestTokenFor(DEFAULT_NAME), 0, false, "");
    }

    /**
     * How long a token may be so that name and value fit into one cookie.
     *
     * @param cookieName the name
     * @return the number of characters
     */
    public static int longestTokenFor(String cookieName) {
        return LONGEST_COOKIE - cookieName.length();
    }

    /**
     * Another cookie, with the bound that goes with its name.
     *
     * @param name the name
     * @return a copy
     */
    public SealedSessionSettings withCookieName(String name) {
        return new SealedSessionSettings(name, longestTokenFor(name), paddingBlock, compressed, application);
    }

    /**
     * Another bound, for tokens that are spread over several cookies.
     *
     * @param characters 512 to 20480
     * @return a copy
     */
    public SealedSessionSettings withLongestToken(int characters) {
        return new SealedSessionSettings(cookieName, characters, paddingBlock, compressed, application);
    }

    /**
     * Fills sealed records up.
     *
     * @param bytes to a multiple of so many: 0 for no padding, or 16 to 2048
     * @return a copy
     */
    public SealedSessionSettings withPaddingBlock(int bytes) {
        return new SealedSessionSettings(cookieName, longestToken, bytes, compressed, application);
    }

    /**
     * Deflates attributes, or not. Do so only where no visitor can place text beside a secret of somebody else.
     *
     * @param choice whether to
     * @return a copy
     */
    public SealedSessionSettings withCompressed(boolean choice) {
        return new SealedSessionSettings(cookieName, longestToken, paddingBlock, choice, application);
    }

    /**
     * Seals for one application, so that another one with the same key, or staging, shares no login with it.
     *
     * @param name the application; empty for any
     * @return a copy
     */
    public SealedSessionSettings withApplication(String name) {
        return new SealedSessionSettings(cookieName, longestToken, paddingBlock, compressed, name);
    }
}
