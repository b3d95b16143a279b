package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionId;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** An array of PostgreSQL in its text form. */
final class TextArray {

    private final StringBuilder elements = new StringBuilder("{");

    static String ids(Collection<SessionId> ids) {
        TextArray array = new TextArray();
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
        return elements + "}";
    }
}
