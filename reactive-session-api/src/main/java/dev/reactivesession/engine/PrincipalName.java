package dev.reactivesession.engine;

/** The name of a user that a session may belong to. */
final class PrincipalName {

    private static final int LONGEST = 512;

    private PrincipalName() {}

    static String require(String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a principal has 1 to " + LONGEST + " characters, not " + name.length());
        }
        return name;
    }
}
