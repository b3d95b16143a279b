package dev.reactivesession.codec.json;

import dev.reactivesession.SessionException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Turns what Jackson, or a class of the application, throws into the errors of a session, and leaves its content behind. */
final class Failures {

    private static final int MOST_CAUSES = 50;

    private Failures() {}

    static RuntimeException notStorable(String name, Object value, Throwable failure) {
        return new SessionException.NotStorable(
                "the attribute '" + name + "' of type " + value.getClass().getName() + " cannot be stored: "
                        + reason(failure, "reading its state failed with "),
                causeOf(failure));
    }

    static RuntimeException unreadable(String name, @Nullable Type declared, Throwable failure) {
        return new SessionException.Unreadable(
                "the attribute '" + name + "' cannot be read"
                        + (declared == null ? "" : " as " + declared.getTypeName()) + ": "
                        + reason(failure, "decoding failed with "),
                causeOf(failure));
    }

    static <T extends Throwable> @Nullable T find(Class<T> type, Throwable failure) {
        Throwable one = failure;
        for (int steps = 0; one != null && steps < MOST_CAUSES; steps++) {
            if (type.isInstance(one)) {
                return type.cast(one);
            }
            one = one.getCause();
        }
        return null;
    }

    private static String reason(Throwable failure, String otherwise) {
        Refusal refusal = find(Refusal.class, failure);
        if (refusal != null) {
            return String.valueOf(refusal.getMessage());
        }
        if (find(StackOverflowError.class, failure) != null
                || find(StreamConstraintsException.class, failure) != null) {
            return "it is nested in itself, nested deeper than reactive-session.json.max-depth allows, or too long";
        }
        return otherwise + rootOf(failure).getClass().getName() + type(failure) + place(failure);
    }

    private static String type(Throwable failure) {
        MismatchedInputException mismatch = find(MismatchedInputException.class, failure);
        Class<?> type = mismatch == null ? defined(failure) : mismatch.getTargetType();
        return type == null ? "" : " for " + type.getName();
    }

    private static @Nullable Class<?> defined(Throwable failure) {
        InvalidDefinitionException definition = find(InvalidDefinitionException.class, failure);
        return definition == null || definition.getType() == null
                ? null
                : definition.getType().getRawClass();
    }

    private static String place(Throwable failure) {
        return failure instanceof JacksonException json
                        && json.getLocation() != null
                        && json.getLocation().getByteOffset() >= 0
                ? " at byte " + json.getLocation().getByteOffset()
                : "";
    }

    private static @Nullable Throwable causeOf(Throwable failure) {
        return find(Refusal.class, failure) == null ? StrippedCause.of(rootOf(failure)) : null;
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        for (int steps = 0; root.getCause() != null && steps < MOST_CAUSES; steps++) {
            root = root.getCause();
        }
        return root;
    }
}
