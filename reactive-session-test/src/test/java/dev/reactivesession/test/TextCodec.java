package dev.reactivesession.test;

import dev.reactivesession.SessionException;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.SessionCodec;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A format for these tests: one line an attribute, of texts, numbers and lists of texts. */
public final class TextCodec implements SessionCodec {

    @Override
    public Map<String, EncodedValue> split(byte[] payload) {
        Map<String, EncodedValue> attributes = new LinkedHashMap<>();
        text(payload)
                .lines()
                .map(line -> line.split("=", 2))
                .forEach(parts -> attributes.put(parts[0], value(parts[1])));
        return attributes;
    }

    @Override
    public byte[] join(Map<String, EncodedValue> attributes) {
        return bytes(attributes.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + text(entry.getValue()) + "\n")
                .collect(Collectors.joining()));
    }

    @Override
    public EncodedValue encode(String name, Object value, @Nullable Type declared) {
        if (value instanceof List<?> list) {
            return value("l" + list.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        if (value instanceof Integer || value instanceof String) {
            return value((value instanceof Integer ? "i" : "s") + value);
        }
        throw new SessionException.NotStorable(
                "'" + name + "' is a " + value.getClass().getName(), null);
    }

    @Override
    public Object decode(String name, EncodedValue value, @Nullable Type declared) {
        String text = text(value);
        String content = text.substring(1);
        return switch (text.charAt(0)) {
            case 'i' -> Integer.valueOf(content);
            case 'l' -> new java.util.ArrayList<>(Arrays.asList(content.split(",")));
            default -> content;
        };
    }

    private static EncodedValue value(String text) {
        byte[] bytes = bytes(text);
        return new EncodedValue(false, bytes, 0, bytes.length);
    }

    private static String text(EncodedValue value) {
        return new String(value.buffer(), value.offset(), value.length(), StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
