package dev.reactivesession.codec.json;

import dev.reactivesession.SessionException;
import dev.reactivesession.codec.EncodedValue;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Turns the errors of Jackson, and of classes of the application, into the errors of a session, and leaves their content behind. */
final class CodecErrors {

    private static final int MOST_CAUSES = 50;

    private CodecErrors() {}

    static RuntimeException notStorable(String name, Object value, Throwable failure) {
        return new SessionException.NotStorable(
                "the attribute '" + name + "' of type " + value.getClass().getName() + " cannot be stored: "
                        + reason(failure, null),
                causeOf(failure));
    }

    static RuntimeException unreadable(String name, EncodedValue stored, @Nullable Type declared, Throwable failure) {
        return new SessionException.Unreadable(
                "the attribute '" + name + "' cannot be read"
                        + (declared == null ? "" : " as " + declared.getTypeName()) + ": " + reason(failure, stored),
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

    /** In words that hold nothing of the content; {@code stored} is null where something is written. */
    static String reason(Throwable failure, @Nullable EncodedValue stored) {
        Refusal refusal = find(Refusal.class, failure);
        if (refusal != null) {
            return String.valueOf(refusal.getMessage());
        }
        if (find(StackOverflowError.class, failure) != null
                || find(StreamConstraintsException.class, failure) != null) {
            return tooDeep(failure);
        }
        MismatchedInputException mismatch = find(MismatchedInputException.class, failure);
        if (failure == mismatch && stored != null && mismatch.getTargetType() != null) {
            return mismatch(mismatch, stored);
        }
        return thrown(failure, stored == null ? "reading its state fails with " : "decoding fails with ");
    }

    private static String tooDeep(Throwable failure) {
        String cycle = failure instanceof JacksonException json ? cycle(json.getPath()) : "";
        return cycle.isEmpty()
                ? "it is nested in itself, nested deeper than reactive-session.json.max-depth allows, or too long"
                : "it is a cycle: " + cycle + ". Keep the id of the other object in place of the object, or make the"
                        + " field transient";
    }

    /** The classes that lead from an object back to itself. */
    private static String cycle(List<JacksonException.Reference> path) {
        for (int end = 1; end < path.size(); end++) {
            for (int begin = end - 1; begin >= 0; begin--) {
                if (path.get(begin).from() == path.get(end).from()) {
                    return names(path.subList(begin, end + 1));
                }
            }
        }
        return "";
    }

    private static String names(List<JacksonException.Reference> path) {
        List<String> names = new ArrayList<>();
        path.forEach(reference -> names.add(reference.from().getClass().getName()));
        return String.join(" -> ", names);
    }

    private static String mismatch(MismatchedInputException mismatch, EncodedValue stored) {
        return kind(mismatch, stored) + " is stored" + place(mismatch.getPath()) + ", but "
                + mismatch.getTargetType().getTypeName() + " is asked for";
    }

    private static String kind(JacksonException failure, EncodedValue stored) {
        long offset = failure.getLocation() == null ? -1 : failure.getLocation().getByteOffset();
        byte first = offset < 0 || offset >= stored.length() ? 0 : stored.buffer()[stored.offset() + (int) offset];
        return switch (first) {
            case '"' -> "a text";
            case '{' -> "an object";
            case '[' -> "an array";
            case 't', 'f' -> "a boolean";
            case 'n' -> "a null";
            default -> first == '-' || (first >= '0' && first <= '9') ? "a number" : "another form";
        };
    }

    /** Names of properties; the keys of a map are content. */
    private static String place(List<JacksonException.Reference> path) {
        StringBuilder place = new StringBuilder();
        for (JacksonException.Reference step : path) {
            boolean isMap = step.from() instanceof Map
                    || (step.from() instanceof Class<?> type && Map.class.isAssignableFrom(type));
            String name = step.getPropertyName() == null ? String.valueOf(step.getIndex()) : step.getPropertyName();
            place.append('/').append(isMap ? "*" : name);
        }
        return place.isEmpty() ? "" : " at " + place;
    }

    private static String thrown(Throwable failure, String what) {
        InvalidDefinitionException definition = find(InvalidDefinitionException.class, failure);
        MismatchedInputException mismatch = find(MismatchedInputException.class, failure);
        Class<?> type = definition != null && definition.getType() != null
                ? definition.getType().getRawClass()
                : mismatch == null ? null : mismatch.getTargetType();
        if (definition != null && definition == rootOf(failure) && type != null) {
            return type.getName() + " has no constructor without parameters, none whose parameters are named as its"
                    + " fields, or a field of a type that cannot be read";
        }
        return what + rootOf(failure).getClass().getName() + (type == null ? "" : " for " + type.getName());
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
