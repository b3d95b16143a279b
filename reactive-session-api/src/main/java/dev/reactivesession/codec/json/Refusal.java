package dev.reactivesession.codec.json;

/** Why a value is not stored or not read, in words that hold nothing of its content. Travels through Jackson to the codec. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_NAME = 200;

    Refusal(String message) {
        super(message, null, false, false);
    }

    static Refusal unlisted(String type) {
        return new Refusal(named(type) + " is not allowed: list its package in reactive-session.json.allowed-packages,"
                + " or the type in reactive-session.json.allowed-types");
    }

    /** A name out of stored data may be anything; only what can be the name of a class is repeated. */
    private static String named(String type) {
        return type.length() <= LONGEST_NAME && type.indexOf('.') > 0 && looksLikeAType(type)
                ? "the type " + type
                : "a type of an unknown name";
    }

    private static boolean looksLikeAType(String type) {
        return type.chars().allMatch(letter -> Character.isJavaIdentifierPart(letter) || ".[]<>".indexOf(letter) >= 0);
    }
}
