package dev.reactivesession.codec.json;

import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.merge.JsonPart;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.TokenStreamFactory;

/** Stored values as parts of JSON, and back. */
final class JsonParts {

    private static final int PAIR = 2;

    private static final int MOST_DIGITS = 9;

    private JsonParts() {}

    static JsonPart of(TokenStreamFactory json, EncodedValue value) {
        return new JsonPart(json, value.buffer(), value.offset(), value.offset() + value.length());
    }

    static EncodedValue encoded(JsonPart part, boolean typed) {
        byte[] bytes = part.toBytes();
        return new EncodedValue(typed, bytes, 0, bytes.length);
    }

    /** Whether it is a value behind the name of its type. */
    static boolean isNamed(JsonPart part) {
        List<JsonPart> elements = part.isArray() ? part.elements() : List.of();
        return elements.size() == PAIR && elements.get(0).isText();
    }

    static int integer(JsonPart part) {
        String text = new String(part.toBytes(), StandardCharsets.UTF_8);
        if (text.length() > MOST_DIGITS || !text.chars().allMatch(Character::isDigit)) {
            throw new Refusal("the number of its version is none");
        }
        return Integer.parseInt(text);
    }
}
