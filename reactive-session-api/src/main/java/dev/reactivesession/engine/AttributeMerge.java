package dev.reactivesession.engine;

import dev.reactivesession.ConflictPolicy;
import dev.reactivesession.SessionException;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.engine.AttributeChange.Assigned;
import dev.reactivesession.engine.AttributeChange.Computed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Replays changes on the attributes of a record, attribute by attribute: what one side changed is merged, what was computed is computed again, and
 * only an attribute that both sides set to different values is a conflict.
 */
final class AttributeMerge {

    private final AttributeCodec codec;

    private final ConflictPolicy policy;

    private final BiConsumer<String, ConflictPolicy> conflicts;

    AttributeMerge(AttributeCodec codec, ConflictPolicy policy, BiConsumer<String, ConflictPolicy> conflicts) {
        this.codec = codec;
        this.policy = policy;
        this.conflicts = conflicts;
    }

    /** Changes the attributes given; throws {@link SessionException.Conflict} when the policy is to refuse one. */
    Map<String, EncodedValue> replay(List<AttributeChange> changes, Map<String, EncodedValue> attributes) {
        List<String> refused = new ArrayList<>();
        for (AttributeChange change : changes) {
            EncodedValue there = attributes.get(change.name());
            if (isConflict(change, there)) {
                conflicts.accept(change.name(), policy);
                refused.add(change.name());
            }
            set(attributes, change.name(), result(change, there));
        }
        if (policy == ConflictPolicy.REFUSE && !refused.isEmpty()) {
            throw new SessionException.Conflict(
                    "another request set the same attributes to other values: " + refused
                            + " (reactive-session.on-conflict is refuse)",
                    refused);
        }
        return attributes;
    }

    private static boolean isConflict(AttributeChange change, @Nullable EncodedValue there) {
        return change instanceof Assigned
                && !Objects.equals(there, change.before())
                && !Objects.equals(there, change.after());
    }

    private @Nullable EncodedValue result(AttributeChange change, @Nullable EncodedValue there) {
        return change instanceof Computed computed && !Objects.equals(there, computed.before())
                ? computeAgain(computed, there)
                : change.after();
    }

    private @Nullable EncodedValue computeAgain(Computed change, @Nullable EncodedValue there) {
        Object value = there == null ? null : codec.decode(change.name(), there, change.declared());
        for (UnaryOperator<@Nullable Object> function : change.functions()) {
            value = function.apply(value);
        }
        return value == null ? null : codec.encode(change.name(), value, change.declared());
    }

    private static void set(Map<String, EncodedValue> attributes, String name, @Nullable EncodedValue value) {
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }
}
