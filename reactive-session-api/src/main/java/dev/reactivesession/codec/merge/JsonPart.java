package dev.reactivesession.codec.merge;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;

/** A value of JSON as the stretch of bytes it is written in. Equal when the bytes are. */
public final class JsonPart {

    private final TokenStreamFactory json;

    private final byte[] bytes;

    private final int from;

    private final int to;

    private int hash;

    /**
     * Marks a stretch of valid JSON.
     *
     * @param json parses it
     * @param bytes the buffer
     * @param from where the value begins
     * @param to where it has ended
     */
    public JsonPart(TokenStreamFactory json, byte[] bytes, int from, int to) {
        this.json = json;
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /**
     * Whether it is an array.
     *
     * @return true when it is
     */
    public boolean isArray() {
        return bytes[from] == '[';
    }

    /**
     * Whether it is an object.
     *
     * @return true when it is
     */
    public boolean isObject() {
        return bytes[from] == '{';
    }

    /**
     * Whether it is a string.
     *
     * @return true when it is
     */
    public boolean isText() {
        return bytes[from] == '"';
    }

    /**
     * The elements of an array.
     *
     * @return the elements, in order
     */
    public List<JsonPart> elements() {
        try (JsonParser in = json.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
            List<JsonPart> elements = new ArrayList<>();
            in.nextToken();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                elements.add(current(in));
            }
            return elements;
        }
    }

    /**
     * The members of an object.
     *
     * @return the values by name, in order
     */
    public Map<JsonPart, JsonPart> fields() {
        try (JsonParser in = json.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
            Map<JsonPart, JsonPart> fields = new LinkedHashMap<>();
            in.nextToken();
            while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                int start = begin(in);
                in.nextToken();
                JsonPart value = current(in);
                fields.put(name(start, value.from), value);
            }
            return fields;
        }
    }

    /** A name ends at the last quote before its value. */
    private JsonPart name(int start, int valueStart) {
        int end = valueStart;
        while (bytes[end - 1] != '"') {
            end--;
        }
        return new JsonPart(json, bytes, start, end);
    }

    /**
     * The text of a string.
     *
     * @return the text
     */
    public String text() {
        try (JsonParser in = json.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
            in.nextToken();
            return in.getString();
        }
    }

    /**
     * The name of a place. Keys may be anything that people typed; only a short word is repeated.
     *
     * @return the text of a string that is one word, or a star
     */
    public String word() {
        String word = isText() ? text() : "";
        return word.matches("[\\w.:$-]{1,60}") ? word : "*";
    }

    private JsonPart current(JsonParser in) {
        int start = begin(in);
        in.skipChildren();
        in.finishToken();
        return new JsonPart(
                json, bytes, start, from + (int) in.currentLocation().getByteOffset());
    }

    /** A parser counts from where it began. */
    private int begin(JsonParser in) {
        return from + (int) in.currentTokenLocation().getByteOffset();
    }

    /**
     * Another array.
     *
     * @param elements its elements, in order
     * @return the array
     */
    public JsonPart array(List<JsonPart> elements) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
        out.write('[');
        for (Iterator<JsonPart> each = elements.iterator(); each.hasNext(); ) {
            each.next().copyTo(out, each.hasNext());
        }
        out.write(']');
        return whole(out);
    }

    /**
     * Another object.
     *
     * @param fields its values by name, in order
     * @return the object
     */
    public JsonPart object(Map<JsonPart, JsonPart> fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
        out.write('{');
        for (Iterator<Map.Entry<JsonPart, JsonPart>> each = fields.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<JsonPart, JsonPart> field = each.next();
            field.getKey().copyTo(out, false);
            out.write(':');
            field.getValue().copyTo(out, each.hasNext());
        }
        out.write('}');
        return whole(out);
    }

    private void copyTo(ByteArrayOutputStream out, boolean more) {
        out.write(bytes, from, to - from);
        if (more) {
            out.write(',');
        }
    }

    private JsonPart whole(ByteArrayOutputStream out) {
        byte[] copy = out.toByteArray();
        return new JsonPart(json, copy, 0, copy.length);
    }

    /**
     * The bytes of this value alone.
     *
     * @return a copy
     */
    public byte[] toBytes() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonPart that
                && hashCode() == that.hashCode()
                && Arrays.equals(bytes, from, to, that.bytes, that.from, that.to);
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            int all = 1;
            for (int index = from; index < to; index++) {
                all = 31 * all + bytes[index];
            }
            hash = all;
        }
        return hash;
    }

    /** Shows the size, never the content. */
    @Override
    public String toString() {
        return "JsonPart[" + (to - from) + " bytes]";
    }
}
