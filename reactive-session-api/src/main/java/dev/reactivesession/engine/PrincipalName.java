package dev.reactivesession.engine;

/**
 * The name of a user that a session may belong to. It comes back from every store exactly as it went in, so that two
 * users never become one: a surrogate without its pair, which UTF-8 cannot write, and control characters are refused.
 */
final class PrincipalName {

    private static final int LONGEST = 512;

    private PrincipalName() {}

    static String require(String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            throw new IllegalArgumentException("a principal has 1 to " + LONGEST + " characters, not " + name.length());
        }
        for (int index = 0; index < name.length(); ) {
            int character = name.codePointAt(index);
            requireWritable(character, index);
            index += Character.charCount(character);
        }
        return name;
    }

    /** A code point that is a surrogate has no pair. The name itself stays out of the message. */
    private static void requireWritable(int character, int index) {
        boolean unpaired = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
        if (unpaired || Character.isISOControl(character)) {
            throw new IllegalArgumentException(String.format(
                    "a principal has no control character and no unpaired surrogate, but U+%04X is at index %d",
                    character, index));
        }
    }
}
