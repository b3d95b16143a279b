package dev.reactivesession.codec.json;

import dev.reactivesession.SessionException;
import dev.reactivesession.codec.EncodedValue;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Finds where each attribute begins and ends in a payload, and decodes none. */
final class PayloadSplitter {

    private final JsonFactory json;

    private final int maxPayload;

    private final int maxAttributes;

    private final int maxDepth;

    private final KnownNames names = new KnownNames();

    PayloadSplitter(JsonCodecSettings settings) {
        this.json = Mappers.factory(settings);
        this.maxPayload = settings.maxPayload();
        this.maxAttributes = settings.maxAttributes();
        this.maxDepth = settings.maxDepth();
    }

    Map<String, EncodedValue> split(byte[] payload) {
        if (payload.length == 0) {
            return new LinkedHashMap<>();
        }
        if (payload.length > maxPayload) {
            throw new SessionException.Unreadable(
                    "a payload of " + payload.length + " bytes is over reactive-session.json.max-payload=" + maxPayload,
                    null);
        }
        AttributeIndex found = PlainScan.of(payload, maxAttributes, maxDepth);
        return found == null ? parse(payload) : new IndexedAttributes(payload, found, names);
    }

    private Map<String, EncodedValue> parse(byte[] payload) {
        Map<String, EncodedValue> attributes = new LinkedHashMap<>();
        try (JsonParser in = json.createParser(ObjectReadContext.empty(), payload)) {
            array(in, payload, attributes);
            return attributes;
        } catch (Refusal refusal) {
            throw new SessionException.Unreadable("the payload cannot be read: " + refusal.getMessage(), null);
        } catch (RuntimeException broken) {
            throw new SessionException.Unreadable(
                    "the payload is not the JSON this codec writes, or exceeds a bound", StrippedCause.of(broken));
        }
    }

    private void array(JsonParser in, byte[] payload, Map<String, EncodedValue> attributes) {
        require(in.nextToken() == JsonToken.START_ARRAY);
        require(in.nextToken() == JsonToken.VALUE_NUMBER_INT);
        if (in.getIntValue() != JsonSessionCodec.FORMAT) {
            throw new Refusal(
                    "its format is " + in.getIntValue() + ", but only " + JsonSessionCodec.FORMAT + " is known here");
        }
        require(in.nextToken() == JsonToken.START_OBJECT);
        object(false, in, payload, attributes);
        JsonToken next = in.nextToken();
        if (next == JsonToken.START_OBJECT) {
            object(true, in, payload, attributes);
            next = in.nextToken();
        }
        require(next == JsonToken.END_ARRAY);
        require(in.nextToken() == null);
    }

    private void object(boolean typed, JsonParser in, byte[] payload, Map<String, EncodedValue> attributes) {
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            int start = (int) in.currentTokenLocation().getByteOffset();
            in.skipChildren();
            in.finishToken();
            int end = (int) in.currentLocation().getByteOffset();
            add(attributes, name, new EncodedValue(typed, payload, start, end - start));
        }
        require(in.currentToken() == JsonToken.END_OBJECT);
    }

    private void add(Map<String, EncodedValue> attributes, String name, EncodedValue value) {
        if (!TextEncoding.canBeAName(name)) {
            throw new Refusal("the name of an attribute is no text that UTF-8 could hold");
        }
        if (attributes.put(name, value) != null) {
            throw new Refusal("it has an attribute twice");
        }
        if (attributes.size() > maxAttributes) {
            throw new Refusal("it has more attributes than reactive-session.json.max-attributes=" + maxAttributes);
        }
    }

    private static void require(boolean asWritten) {
        if (!asWritten) {
            throw new Refusal("it is not a format number and one or two objects");
        }
    }
}
