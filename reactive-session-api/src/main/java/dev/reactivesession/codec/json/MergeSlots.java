package dev.reactivesession.codec.json;

import dev.reactivesession.codec.merge.JsonPart;
import dev.reactivesession.codec.merge.MergeShape;
import dev.reactivesession.codec.merge.MergeSlot;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.TypeDeserializer;

/** Tells a merge the shape of each place of a stored value, as the readers see it that would decode it. */
final class MergeSlots {

    private final DeserializationContext context;

    private final boolean setsAreLists;

    MergeSlots(JsonMapper mapper) {
        this(mapper, false);
    }

    private MergeSlots(JsonMapper mapper, boolean setsAreLists) {
        this.context = mapper._deserializationContext();
        this.setsAreLists = setsAreLists;
    }

    /** For a look at two forms of one value, in which the elements of a set have a place, too. */
    static MergeSlots withSetsAsLists(JsonMapper mapper) {
        return new MergeSlots(mapper, true);
    }

    MergeSlot of(JavaType declared) {
        return part -> look(part, declared, context.findTypeDeserializer(declared));
    }

    private MergeSlot.Found look(JsonPart part, JavaType declared, @Nullable TypeDeserializer typing) {
        if (typing == null) {
            return new MergeSlot.Found(null, part, shape(declared));
        }
        if (!(typing instanceof TypedSlotDeserializer)) {
            return MergeSlot.WHOLE.look(part);
        }
        if (part.isArray()) {
            List<JsonPart> named = part.elements();
            String name = named.get(0).text();
            return new MergeSlot.Found(name, named.get(1), shape(typeNamed(name, typing)));
        }
        String name = part.isObject() ? nameIn(part) : null;
        return new MergeSlot.Found(name, part, shape(name == null ? declared : typeNamed(name, typing)));
    }

    private JavaType typeNamed(String name, TypeDeserializer typing) {
        return typing.getTypeIdResolver().typeFromId(context, name);
    }

    private static @Nullable String nameIn(JsonPart bean) {
        Iterator<Map.Entry<JsonPart, JsonPart>> fields =
                bean.fields().entrySet().iterator();
        if (!fields.hasNext()) {
            return null;
        }
        Map.Entry<JsonPart, JsonPart> first = fields.next();
        return first.getKey().text().equals(TypedSlotSerializer.PROPERTY)
                ? first.getValue().text()
                : null;
    }

    private MergeShape shape(JavaType type) {
        if (type.isMapLikeType()) {
            return new MergeShape.Entries(of(type.getContentType()));
        }
        if (type.isCollectionLikeType()) {
            return !setsAreLists && Set.class.isAssignableFrom(type.getRawClass())
                    ? new MergeShape.Members()
                    : new MergeShape.Elements(of(type.getContentType()), true);
        }
        if (type.isArrayType()) {
            return new MergeShape.Elements(of(type.getContentType()), true);
        }
        return OptionalForm.fits(type.getRawClass())
                ? new MergeShape.AtMostOne(of(OptionalForm.contentOf(type, context::constructType)))
                : bean(type);
    }

    /** Types with readers of their own are not looked into. */
    private MergeShape bean(JavaType type) {
        ValueDeserializer<?> reader = context.findContextualValueDeserializer(type, null);
        return reader instanceof BeanDeserializerBase bean && bean.getObjectIdReader(context) == null
                ? new MergeShape.Properties(name -> property(bean, name))
                : new MergeShape.Whole();
    }

    private MergeSlot property(BeanDeserializerBase bean, String name) {
        SettableBeanProperty property = bean.findProperty(PropertyName.construct(name));
        if (property != null) {
            return part -> look(part, property.getType(), property.getValueTypeDeserializer());
        }
        return isKnown(bean, name) ? MergeSlot.WHOLE : MergeSlot.UNKNOWN;
    }

    /** The class may have other names for a property, or a place for any. */
    private boolean isKnown(BeanDeserializerBase bean, String name) {
        if (name.equals(TypedSlotSerializer.PROPERTY) || bean.hasAnySetter()) {
            return true;
        }
        PropertyName wanted = PropertyName.construct(name);
        return Stream.of(bean.properties(), bean.creatorProperties())
                .flatMap(all -> StreamSupport.stream(Spliterators.spliteratorUnknownSize(all, 0), false))
                .anyMatch(property -> property.findAliases(context.getConfig()).contains(wanted));
    }

    /**
     * JSON whose type is not known: an array may be a list or a set, and may be a value behind the name of its type.
     */
    static MergeSlot natural() {
        return MergeSlots::lookNaturally;
    }

    private static MergeSlot.Found lookNaturally(JsonPart part) {
        if (part.isObject()) {
            return new MergeSlot.Found(null, part, new MergeShape.Entries(natural()));
        }
        if (!part.isArray()) {
            return MergeSlot.WHOLE.look(part);
        }
        List<JsonPart> elements = part.elements();
        boolean isNamed = elements.size() == 2
                && elements.get(0).isText()
                && isType(elements.get(0).text());
        return isNamed
                ? new MergeSlot.Found(
                        elements.get(0).text(),
                        elements.get(1),
                        lookNaturally(elements.get(1)).shape())
                : new MergeSlot.Found(null, part, new MergeShape.Elements(natural(), false));
    }

    private static boolean isType(String name) {
        return JdkTypes.named(name) != null || name.endsWith("[]") || name.indexOf('.') > 0;
    }
}
