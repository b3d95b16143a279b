package dev.reactivesession.codec;

import dev.reactivesession.SessionException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
        List<Part> parts = new ArrayList<>(attributes.size());
        attributes.forEach((name, value) -> parts.add(new Part(quote(name), value)));
        Sink sink = new Sink(new byte[requireSmall(size(parts), attributes)]);
        sink.add(OPENING);
        sink.addAll(parts, false);
        if (parts.stream().anyMatch(part -> part.value().typed())) {
            sink.add(BETWEEN);
            sink.addAll(parts, true);
        }
        sink.add(CLOSING);
        return sink.bytes;
    }

    private static long size(List<Part> parts) {
        long size = FRAME;
        boolean plain = false;
        boolean typed = false;
        for (Part part : parts) {
            size += AROUND_A_NAME + part.name().length + part.value().length();
            typed |= part.value().typed();
            plain |= !part.value().typed();
        }
        return size + (typed ? BETWEEN.length - 1 : 0) - (plain ? 1 : 0);
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

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Part(byte[] name, EncodedValue value) {}

    private static final class Sink {

        private final byte[] bytes;

        private int length;

        Sink(byte[] bytes) {
            this.bytes = bytes;
        }

        void addAll(List<Part> parts, boolean typed) {
            boolean first = true;
            for (Part part : parts) {
                EncodedValue value = part.value();
                if (value.typed() == typed) {
                    add(first ? "\"" : ",\"");
                    add(part.name());
                    add("\":");
                    add(value.buffer(), value.offset(), value.length());
                    first = false;
                }
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
