package dev.reactivesession.engine;

import dev.reactivesession.SessionException;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.SessionCodec;
import dev.reactivesession.store.SessionRecord;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Sessions as text of JSON, for the people whose they are. */
final class ExportedSessions {

    private final SessionCodec codec;

    ExportedSessions(SessionCodec codec) {
        this.codec = codec;
    }

    String text(SessionRecord record) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("session", quoted(record.id().toString()));
        parts.put("principal", record.principal() == null ? "null" : quoted(record.principal()));
        parts.put("createdAt", quoted(record.createdAt().toString()));
        parts.put("lastAccessedAt", quoted(record.lastAccessedAt().toString()));
        parts.put("expiresAt", quoted(record.expiresAt().toString()));
        parts.put("idleTimeout", quoted(record.idleTimeout().toString()));
        parts.put("attributes", attributes(record.payload()));
        return object(parts);
    }

    /** A payload that cannot be read is kept as well. */
    private String attributes(byte[] payload) {
        try {
            Map<String, String> texts = new LinkedHashMap<>();
            codec.split(payload).forEach((name, value) -> texts.put(name, text(value)));
            return object(texts);
        } catch (
                @SuppressWarnings("UnusedException") // the text says so
                SessionException.Unreadable damaged) {
            return quoted(Base64.getEncoder().encodeToString(payload));
        }
    }

    private String text(EncodedValue value) {
        return codec.json(value);
    }

    private static String object(Map<String, String> parts) {
        return parts.entrySet().stream()
                .map(part -> quoted(part.getKey()) + ":" + part.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(letter -> quoted.append(escaped((char) letter)));
        return quoted.append('"').toString();
    }

    private static String escaped(char letter) {
        if (letter < ' ') {
            return String.format("\\u%04x", (int) letter);
        }
        return letter == '"' || letter == '\\' ? "\\" + letter : String.valueOf(letter);
    }
}
