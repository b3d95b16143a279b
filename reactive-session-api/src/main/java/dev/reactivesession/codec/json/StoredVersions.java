package dev.reactivesession.codec.json;

import dev.reactivesession.Upgrade;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.merge.JsonPart;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The versions of the classes of declared attributes. The number is one more property of each object of such a class,
 * so that an application without versions reads the object, and takes the number away when it writes its own form.
 */
final class StoredVersions {

    private static final int FIRST = 1;

    private final JsonFactory json;

    private final JsonMapper trees;

    private final JsonPart number;

    private final JsonPart type;

    StoredVersions(JsonFactory json) {
        this.json = json;
        this.trees = JsonMapper.builder(json)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
        this.number = name("@version");
        this.type = name(TypedSlotSerializer.PROPERTY);
    }

    private JsonPart name(String text) {
        byte[] bytes = ('"' + text + '"').getBytes(StandardCharsets.US_ASCII);
        return new JsonPart(json, bytes, 0, bytes.length);
    }

    /** The form of now, without numbers. */
    EncodedValue upgraded(EncodedValue stored, JavaType declared, @Nullable Upgrade<?> upgrade) {
        JsonPart whole = JsonParts.of(json, stored);
        JsonPart now = each(whole, declared, stored.typed(), object -> upgraded(object, upgrade));
        return now.equals(whole) ? stored : JsonParts.encoded(now, stored.typed());
    }

    /** With the number in each object. */
    EncodedValue numbered(EncodedValue value, JavaType declared, int version) {
        byte[] digits = Integer.toString(version).getBytes(StandardCharsets.US_ASCII);
        JsonPart written = new JsonPart(json, digits, 0, digits.length);
        return JsonParts.encoded(
                each(JsonParts.of(json, value), declared, value.typed(), object -> with(object, written)),
                value.typed());
    }

    private JsonPart with(JsonPart object, JsonPart version) {
        if (!object.isObject()) {
            throw new Refusal("its attribute has a version, which only a class stored as an object has a place for");
        }
        Map<JsonPart, JsonPart> fields = object.fields();
        fields.put(number, version);
        return object.object(fields);
    }

    private JsonPart upgraded(JsonPart object, @Nullable Upgrade<?> upgrade) {
        if (!object.isObject()) {
            return object;
        }
        Map<JsonPart, JsonPart> fields = object.fields();
        JsonPart version = fields.remove(number);
        int from = version == null ? FIRST : JsonParts.integer(version);
        if (upgrade != null && from < upgrade.version()) {
            return again(object, fields, upgrade, from);
        }
        return version == null ? object : object.object(fields);
    }

    /** The name of a type is no property: it stays, and comes first. */
    private JsonPart again(JsonPart object, Map<JsonPart, JsonPart> fields, Upgrade<?> upgrade, int from) {
        JsonPart typed = fields.remove(type);
        JsonPart now = applied(object.object(fields), upgrade, from);
        if (!now.isObject()) {
            throw new Refusal("the upgrade of its version made something that is no object");
        }
        Map<JsonPart, JsonPart> result = new LinkedHashMap<>();
        if (typed != null) {
            result.put(type, typed);
        }
        result.putAll(now.fields());
        result.remove(number);
        return object.object(result);
    }

    private <F> JsonPart applied(JsonPart stored, Upgrade<F> upgrade, int from) {
        requireTree(upgrade.form());
        F form = trees.readValue(stored.toBytes(), upgrade.form());
        F now = upgrade.hook().upgrade(from, form);
        if (now == null) {
            throw new Refusal("the upgrade of its version made nothing");
        }
        byte[] bytes = trees.writeValueAsBytes(now);
        return new JsonPart(json, bytes, 0, bytes.length);
    }

    private static void requireTree(Class<?> form) {
        if (!JsonNode.class.isAssignableFrom(form) && form != Map.class) {
            throw new Refusal("the upgrade of its version works on " + form.getName()
                    + ", but what there is to work on is JsonNode, ObjectNode or Map");
        }
    }

    /** The objects of the declared class: the value itself, the elements of a collection, or the values of a map. */
    private static JsonPart each(JsonPart part, JavaType declared, boolean typed, UnaryOperator<JsonPart> change) {
        if (typed && JsonParts.isNamed(part)) {
            List<JsonPart> named = part.elements();
            return part.array(List.of(named.get(0), each(named.get(1), declared, true, change)));
        }
        if (declared.isMapLikeType()) {
            return eachOfMap(part, declared.getContentType(), typed, change);
        }
        return declared.isContainerType() && part.isArray()
                ? part.array(part.elements().stream()
                        .map(element -> each(element, declared.getContentType(), typed, change))
                        .toList())
                : change.apply(part);
    }

    private static JsonPart eachOfMap(JsonPart map, JavaType content, boolean typed, UnaryOperator<JsonPart> change) {
        if (map.isObject()) {
            Map<JsonPart, JsonPart> fields = map.fields();
            fields.replaceAll((key, value) -> each(value, content, typed, change));
            return map.object(fields);
        }
        List<JsonPart> pairs = new ArrayList<>();
        for (JsonPart pair : map.isArray() ? map.elements() : List.<JsonPart>of()) {
            List<JsonPart> both = pair.elements();
            pairs.add(pair.array(List.of(both.get(0), each(both.get(1), content, typed, change))));
        }
        return map.array(pairs);
    }
}
