package dev.reactivesession.codec.json;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.json.JsonMapper;

/** Finds the classes that could be written but never read, so that they are refused when they are stored and not missed later. */
final class WayBack {

    private WayBack() {}

    static boolean exists(JavaType type, JsonMapper reader) {
        try {
            return canInstantiate(reader._deserializationContext().findRootValueDeserializer(type));
        } catch (JacksonException noDefinition) {
            return false;
        }
    }

    private static boolean canInstantiate(ValueDeserializer<?> reader) {
        ValueInstantiator made = reader instanceof ValueInstantiator.Gettable bean ? bean.getValueInstantiator() : null;
        return made == null || made.canInstantiate();
    }
}
