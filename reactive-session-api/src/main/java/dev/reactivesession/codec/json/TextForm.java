package dev.reactivesession.codec.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.ser.std.StdScalarSerializer;
import tools.jackson.databind.ser.std.StdSerializer;

/** A {@link TextEncoding} as a JSON string, and as the key of a map. */
final class TextForm {

    private TextForm() {}

    static final class Writer<T> extends StdScalarSerializer<T> {

        private final TextEncoding<T> text;

        Writer(TextEncoding<T> text) {
            super(text.type());
            this.text = text;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializationContext context) {
            out.writeString(text.writer().apply(value));
        }
    }

    static final class KeyWriter<T> extends StdSerializer<T> {

        private final TextEncoding<T> text;

        KeyWriter(TextEncoding<T> text) {
            super(text.type());
            this.text = text;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializationContext context) {
            out.writeName(text.writer().apply(value));
        }
    }

    static final class Reader<T> extends StdScalarDeserializer<T> {

        private final TextEncoding<T> text;

        Reader(TextEncoding<T> text) {
            super(text.type());
            this.text = text;
        }

        /** A number is text enough for the types that are numbers. */
        @Override
        public T deserialize(JsonParser in, DeserializationContext context) {
            JsonToken token = in.currentToken();
            if (token != JsonToken.VALUE_STRING && !(token.isNumeric() && Number.class.isAssignableFrom(text.type()))) {
                throw new Refusal("a " + text.type().getSimpleName() + " is written as text, but is not here");
            }
            return text.reader().apply(in.getString());
        }
    }

    static final class KeyReader<T> extends KeyDeserializer {

        private final TextEncoding<T> text;

        KeyReader(TextEncoding<T> text) {
            this.text = text;
        }

        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return text.reader().apply(key);
        }
    }
}
