package dev.reactivesession.codec.json;

import java.lang.reflect.Proxy;
import org.reactivestreams.Publisher;

/**
 * Why a value is not stored or not read, in words that hold nothing of its content. Travels through Jackson to the
 * codec.
 */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_NAME = 200;

    Refusal(String message) {
        super(message, null, false, false);
    }

    /** A class that is not allowed, with what would help. */
    static Refusal unlisted(Class<?> type) {
        if (type.isHidden() || type.isSynthetic() || type.isAnonymousClass() || Proxy.isProxyClass(type)) {
            return new Refusal("a lambda, an anonymous class or a proxy has no form that could be stored:"
                    + " store the values that it works with");
        }
        if (Publisher.class.isAssignableFrom(type)) {
            return new Refusal("a " + type.getSimpleName() + " is a promise of a value, which cannot be stored:"
                    + " store the value, once it is there");
        }
        return JdkTypes.belongs(type)
                ? new Refusal("the type " + type.getName() + " is no value that could be stored, and cannot be allowed:"
                        + " store its content, such as a text, a number or bytes")
                : unlisted(type.getName());
    }

    /** A name, as stored data has it. */
    static Refusal unlisted(String type) {
        return new Refusal(named(type) + " is not allowed: list its package in reactive-session.json.allowed-packages,"
                + " or the type in reactive-session.json.allowed-types");
    }

    /** A class that was allowed, and is not there any more. */
    static Refusal absent(String type) {
        return new Refusal(
                named(type) + " is stored, but it is not on the class path: it was renamed, moved or removed. Name the"
                        + " new one in reactive-session.json.renamed-types, as in "
                        + (isName(type) ? type : "com.example.Old")
                        + "->com.example.New, or keep the old one until its sessions have expired");
    }

    /** A name out of stored data may be anything; only what can be the name of a class is repeated. */
    private static String named(String type) {
        return isName(type) ? "the type " + type : "a type of an unknown name";
    }

    private static boolean isName(String type) {
        return type.length() <= LONGEST_NAME && type.indexOf('.') > 0 && looksLikeAType(type);
    }

    private static boolean looksLikeAType(String type) {
        return type.chars().allMatch(letter -> Character.isJavaIdentifierPart(letter) || ".[]<>".indexOf(letter) >= 0);
    }
}
