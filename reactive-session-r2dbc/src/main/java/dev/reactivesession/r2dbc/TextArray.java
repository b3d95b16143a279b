package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionId;
import java.util.Base64;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** An array of PostgreSQL in its text form. */
final class TextArray {

    /** With the comma. */
    static final int UUID_LENGTH = 37;

    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    private final StringBuilder elements;

    /**
     * An array without elements.
     *
     * @param length about as long as the text will be
     */
    TextArray(int length) {
        elements = new StringBuilder(length).append('{');
    }

    static String ids(Collection<SessionId> ids) {
        TextArray array = new TextArray(ids.size() * UUID_LENGTH + 2);
        ids.forEach(id -> array.add(uuid(id)));
        return array.text();
    }

    static String uuid(SessionId id) {
        return RecordRows.key(id).toString();
    }

    /** Adds an element that holds nothing to escape. */
    void add(String element) {
        separate();
        elements.append(element);
    }

    /** Adds bytes as base64, quoted because no bytes are an empty text. */
    void addBytes(byte[] bytes) {
        separate();
        elements.append('"').append(BASE64.encodeToString(bytes)).append('"');
    }

    /** Adds any text, or null. */
    void addText(@Nullable String text) {
        separate();
        if (text == null) {
            elements.append("NULL");
            return;
        }
        elements.append('"');
        for (int place = 0; place < text.length(); place++) {
            char letter = text.charAt(place);
            if (letter == '"' || letter == '\\') {
                elements.append('\\');
            }
            elements.append(letter);
        }
        elements.append('"');
    }

    private void separate() {
        if (elements.length() > 1) {
            elements.append(',');
        }
    }

    String text() {
        int end = elements.length();
        String text = elements.append('}').toString();
        elements.setLength(end);
        return text;
    }
}
