package dev.reactivesession.codec.json;

import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.merge.JsonPart;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.TokenStreamFactory;

/** Reads back a value just written, and refuses one that does not come back as it went in. */
final class RoundTripCheck {

    private static final String ADVICE = ". What comes back: a record, or a class with a constructor without parameters"
            + " that extends no class with a form of its own; or store the values it is made of";

    private final TokenStreamFactory json;

    RoundTripCheck(TokenStreamFactory json) {
        this.json = json;
    }

    void require(EncodedValue written, Function<EncodedValue, Object> read, Function<Object, EncodedValue> write) {
        EncodedValue again = again(written, read, write);
        if (!again.equals(written)) {
            throw new Refusal(
                    again.typed() == written.typed()
                            ? difference("", part(written), part(again)) + ADVICE
                            : "it would come back as a value of another kind" + ADVICE);
        }
    }

    private static EncodedValue again(
            EncodedValue written, Function<EncodedValue, Object> read, Function<Object, EncodedValue> write) {
        try {
            return write.apply(read.apply(written));
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failure) {
            throw new Refusal("it could not be read back: " + CodecErrors.reason(failure, written) + ADVICE);
        }
    }

    private JsonPart part(EncodedValue value) {
        return new JsonPart(json, value.buffer(), value.offset(), value.offset() + value.length());
    }

    /** The first place that differs; holds names of types and properties, and no content. */
    private static String difference(String path, JsonPart written, JsonPart again) {
        if (written.isObject() && again.isObject()) {
            return differenceOfFields(path, written.fields(), again.fields());
        }
        if (written.isArray() && again.isArray()) {
            return differenceOfElements(path, written.elements(), again.elements());
        }
        return place(path) + "another value would come back";
    }

    private static String differenceOfFields(
            String path, Map<JsonPart, JsonPart> written, Map<JsonPart, JsonPart> again) {
        for (Map.Entry<JsonPart, JsonPart> field : written.entrySet()) {
            JsonPart back = again.get(field.getKey());
            if (back == null) {
                return place(path + "/" + field.getKey().word()) + "nothing would come back";
            }
            if (!field.getValue().equals(back)) {
                return field.getKey().text().equals(TypedSlotSerializer.PROPERTY)
                        ? place(path) + otherType(field.getValue(), back)
                        : difference(path + "/" + field.getKey().word(), field.getValue(), back);
            }
        }
        return place(path) + "more would come back";
    }

    private static String differenceOfElements(String path, List<JsonPart> written, List<JsonPart> again) {
        for (int index = 0; index < Math.min(written.size(), again.size()); index++) {
            if (!written.get(index).equals(again.get(index))) {
                boolean areTypes = index == 0 && isTyped(written) && isTyped(again);
                return areTypes
                        ? place(path) + otherType(written.get(0), again.get(0))
                        : difference(path + "/" + index, written.get(index), again.get(index));
            }
        }
        return place(path) + "another number of elements would come back";
    }

    private static boolean isTyped(List<JsonPart> elements) {
        return elements.size() == 2
                && elements.get(0).isText()
                && elements.get(0).text().indexOf('.') > 0;
    }

    private static String otherType(JsonPart written, JsonPart again) {
        return "the type " + written.text() + " would come back as " + again.text();
    }

    private static String place(String path) {
        return path.isEmpty() ? "" : "at " + path + " ";
    }
}
