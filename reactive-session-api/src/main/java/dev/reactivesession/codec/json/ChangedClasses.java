package dev.reactivesession.codec.json;

import dev.reactivesession.Attribute;
import dev.reactivesession.Upgrade;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.merge.JsonPart;
import dev.reactivesession.codec.merge.MergeSlot;
import dev.reactivesession.codec.merge.UnknownPlaces;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/** Stored forms of other versions of a class than the one at hand. */
final class ChangedClasses {

    private final JsonMapper declaredTypes;

    private final JsonFactory json;

    private final StoredVersions versions;

    ChangedClasses(JsonMapper declaredTypes, JsonFactory json) {
        this.declaredTypes = declaredTypes;
        this.json = json;
        this.versions = new StoredVersions(json);
    }

    static boolean concern(Attribute<?> attribute) {
        return attribute.upgrade().isPresent() || attribute.keepsUnknown();
    }

    /** The stored form as a class of now would have written it. */
    EncodedValue read(Attribute<?> attribute, EncodedValue stored) {
        return versions.upgraded(stored, typeOf(attribute), attribute.upgrade().orElse(null));
    }

    /** The form written now, with the unknown parts of the form before. */
    EncodedValue written(Attribute<?> attribute, EncodedValue now, @Nullable EncodedValue before) {
        EncodedValue kept = attribute.keepsUnknown() && before != null && !before.typed()
                ? withUnknown(attribute, now, read(attribute, before))
                : now;
        return attribute
                .upgrade()
                .map(Upgrade::version)
                .map(version -> versions.numbered(kept, typeOf(attribute), version))
                .orElse(kept);
    }

    private EncodedValue withUnknown(Attribute<?> attribute, EncodedValue now, EncodedValue before) {
        MergeSlot slot = MergeSlots.withSetsAsLists(declaredTypes).of(typeOf(attribute));
        JsonPart kept = UnknownPlaces.kept(slot, JsonParts.of(json, before), JsonParts.of(json, now));
        return JsonParts.encoded(kept, false);
    }

    private JavaType typeOf(Attribute<?> attribute) {
        return declaredTypes.constructType(attribute.type());
    }
}
