package dev.reactivesession.codec.json;

import dev.reactivesession.SessionException;
import dev.reactivesession.codec.EncodedValue;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.io.JsonStringEncoder;

/** Copies encoded attributes into one payload. */
final class PayloadJoiner {

    private static final byte[] OPENING = ("[" + JsonSessionCodec.FORMAT + ",{").getBytes(StandardCharsets.UTF_8);

    private static final byte[] BETWEEN = "},{".getBytes(StandardCharsets.UTF_8);

    private static final byte[] CLOSING = "}]".getBytes(StandardCharsets.UTF_8);

    private static final long FRAME = OPENING.length + (long) CLOSING.length;

    /** Two quotes, a colon, a comma. */
    private static final int AROUND_A_NAME = 4;

    private final int maxPayload;

    private final int maxAttributes;

    PayloadJoiner(JsonCodecSettings settings) {
        this.maxPayload = settings.maxPayload();
        this.maxAttributes = settings.maxAttributes();
    }

    byte[] join(Map<String, EncodedValue> attributes) {
        requireFew(attributes);
        Sink sink = new Sink(new byte[requireSmall(size(attributes), attributes)]);
        sink.add(OPENING);
        sink.addAll(attributes, false);
        if (areSomeTyped(attributes)) {
            sink.add(BETWEEN);
            sink.addAll(attributes, true);
        }
        sink.add(CLOSING);
        return sink.bytes;
    }

    private static boolean areSomeTyped(Map<String, EncodedValue> attributes) {
        for (EncodedValue value : attributes.values()) {
            if (value.typed()) {
                return true;
            }
        }
        return false;
    }

    private static long size(Map<String, EncodedValue> attributes) {
        long size = FRAME;
        boolean plain = false;
        boolean typed = false;
        for (Map.Entry<String, EncodedValue> attribute : attributes.entrySet()) {
            EncodedValue value = attribute.getValue();
            size += AROUND_A_NAME + lengthOf(attribute.getKey()) + value.length();
            typed |= value.typed();
            plain |= !value.typed();
        }
        return size + (typed ? BETWEEN.length - 1 : 0) - (plain ? 1 : 0);
    }

    private static int lengthOf(String name) {
        return SimpleText.isSimple(name) ? name.length() : quote(name).length;
    }

    private void requireFew(Map<String, EncodedValue> attributes) {
        if (attributes.size() > maxAttributes) {
            throw new SessionException.TooLarge(
                    attributes.size() + " attributes are over reactive-session.json.max-attributes=" + maxAttributes,
                    sizes(attributes));
        }
    }

    private int requireSmall(long size, Map<String, EncodedValue> attributes) {
        if (size > maxPayload) {
            throw new SessionException.TooLarge(
                    "a payload of " + size + " bytes is over reactive-session.json.max-payload=" + maxPayload,
                    sizes(attributes));
        }
        return (int) size;
    }

    private static Map<String, Integer> sizes(Map<String, EncodedValue> attributes) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        attributes.forEach((name, value) -> sizes.put(name, value.length()));
        return sizes;
    }

    private static byte[] quote(String name) {
        try {
            return JsonStringEncoder.getInstance().quoteAsUTF8(name);
        } catch (IllegalArgumentException brokenSurrogates) {
            throw new SessionException.NotStorable("the name of an attribute is no text that UTF-8 could hold", null);
        }
    }

    private static final class Sink {

        private final byte[] bytes;

        private int length;

        Sink(byte[] bytes) {
            this.bytes = bytes;
        }

        void addAll(Map<String, EncodedValue> attributes, boolean typed) {
            boolean first = true;
            for (Map.Entry<String, EncodedValue> attribute : attributes.entrySet()) {
                EncodedValue value = attribute.getValue();
                if (value.typed() == typed) {
                    add(first ? "\"" : ",\"");
                    addName(attribute.getKey());
                    add("\":");
                    add(value.buffer(), value.offset(), value.length());
                    first = false;
                }
            }
        }

        private void addName(String name) {
            if (SimpleText.isSimple(name)) {
                add(name);
            } else {
                add(quote(name));
            }
        }

        void add(byte[] part) {
            add(part, 0, part.length);
        }

        private void add(String ascii) {
            for (int index = 0; index < ascii.length(); index++) {
                bytes[length++] = (byte) ascii.charAt(index);
            }
        }

        private void add(byte[] part, int offset, int count) {
            System.arraycopy(part, offset, bytes, length, count);
            length += count;
        }
    }
}
