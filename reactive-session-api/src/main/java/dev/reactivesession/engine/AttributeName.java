package dev.reactivesession.engine;

import dev.reactivesession.SessionException;

/** The names an attribute may have. */
final class AttributeName {

    /** The mark that finds out whether a client keeps cookies. */
    static final String TEST_COOKIE = "_test_cookie";

    /** How long a session is remembered. */
    static final String REMEMBERED = "_remember";

    /** Where a session is used from. */
    static final String ORIGIN = "_origin";

    /** Who acts as the user of the session. */
    static final String ACTOR = "_actor";

    private static final String FLASH = "_flash.";

    private static final int LONGEST = 256;

    private AttributeName() {}

    static String require(String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            throw new SessionException.InvalidName(
                    "an attribute name has 1 to " + LONGEST + " characters, not " + name.length());
        }
        if (isReserved(name)) {
            throw new SessionException.InvalidName(
                    "the attribute name '" + name + "' is reserved, as is every name that begins with '_'");
        }
        return name;
    }

    /** Under which a flash value of that name is kept. */
    static String ofFlash(String name) {
        return FLASH + require(name);
    }

    /** Whether it belongs to the session itself, so that removing all attributes leaves it. */
    static boolean isOfSession(String name) {
        return name.equals(REMEMBERED) || name.equals(ORIGIN) || name.equals(ACTOR);
    }

    static boolean isAllowed(String name) {
        return !name.isEmpty() && name.length() <= LONGEST && !isReserved(name);
    }

    static boolean isReserved(String name) {
        return name.startsWith("_");
    }
}
