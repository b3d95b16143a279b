package dev.reactivesession.engine;

import dev.reactivesession.ConflictPolicy;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.SessionPolicies;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.SessionCodec;
import dev.reactivesession.engine.AttributeReplay.Precedence;
import dev.reactivesession.store.SessionRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/** The rules for attributes: how they are stored, and which policies settle an unreadable one and a conflict. */
final class AttributeRules {

    private static final Logger LOG = Loggers.getLogger(AttributeRules.class);

    /** Room for attributes that a save adds. */
    private static final int SOME = 4;

    private final SessionCodec codec;

    private final SessionPolicies policies;

    private final SessionEvents events;

    AttributeRules(SessionCodec codec, SessionPolicies policies, SessionEvents events) {
        this.codec = codec;
        this.policies = policies;
        this.events = events;
    }

    Map<String, EncodedValue> split(byte[] payload) {
        return codec.split(payload);
    }

    /** Null when the session is not remembered, which is also said by a text that is none of ours. */
    @Nullable
    Remembrance remembrance(Map<String, EncodedValue> stored) {
        EncodedValue text = stored.get(AttributeName.REMEMBERED);
        if (text == null) {
            return null;
        }
        try {
            return Remembrance.parse((String) codec.decode(AttributeName.REMEMBERED, text, String.class));
        } catch (
                @SuppressWarnings("UnusedException") // damage here must not end the session
                SessionException.Unreadable damaged) {
            return null;
        }
    }

    @Nullable
    Remembrance remembrance(SessionRecord record) {
        try {
            return remembrance(split(record.payload()));
        } catch (
                @SuppressWarnings("UnusedException") // whoever loads it says so
                SessionException.Unreadable damaged) {
            return null;
        }
    }

    /** Whether another user acts as that of a record. An unreadable payload names none. */
    boolean isImpersonated(SessionRecord record) {
        try {
            return split(record.payload()).containsKey(AttributeName.ACTOR);
        } catch (
                @SuppressWarnings("UnusedException") // whoever loads it says so
                SessionException.Unreadable damaged) {
            return false;
        }
    }

    private void remember(Map<String, EncodedValue> attributes, @Nullable Remembrance changed) {
        if (changed != null) {
            String name = AttributeName.REMEMBERED;
            attributes.put(name, codec.encode(name, changed.text(), String.class));
        }
    }

    private void act(Map<String, EncodedValue> attributes, @Nullable PrincipalChange changed) {
        if (changed == null) {
            return;
        }
        String name = AttributeName.ACTOR;
        set(attributes, name, changed.actor() == null ? null : codec.encode(name, changed.actor(), String.class));
    }

    byte[] join(Map<String, EncodedValue> attributes) {
        return codec.join(attributes);
    }

    ConflictPolicy onConflict() {
        return policies.onConflict();
    }

    AttributeCodec codecFor(Supplier<SessionId> owner) {
        return new AttributeCodec(
                codec,
                policies.onUnreadable(),
                (attribute, reason) ->
                        events.publish(new SessionEvent.Unreadable(events.now(), owner.get(), attribute, reason)));
    }

    /**
     * The attributes of a record with the changes of an order made on them. Throws {@link SessionException.Conflict}
     * when the policy is to refuse a conflict that there is.
     */
    Map<String, EncodedValue> replay(
            SaveOrder order, Map<String, EncodedValue> stored, SessionId id, Precedence precedence) {
        Map<String, EncodedValue> attributes = new LinkedHashMap<>(stored.size() * 4 / 3 + SOME);
        stored.forEach(attributes::put);
        List<ConflictPlace> conflicts = new ArrayList<>(0);
        AttributeReplay replay = new AttributeReplay(codecFor(() -> id), precedence, conflicts::add);
        order.forEachAttribute(
                change -> set(attributes, change.name(), replay.onto(attributes.get(change.name()), change)));
        settle(conflicts, id, precedence);
        remember(attributes, order.remembrance());
        act(attributes, order.principalChange());
        return attributes;
    }

    static SessionException.TooLarge naming(SessionException.TooLarge error, Map<String, EncodedValue> attributes) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        attributes.forEach((name, value) -> sizes.put(name, value.length()));
        return error.naming(sizes);
    }

    private static void set(Map<String, EncodedValue> attributes, String name, @Nullable EncodedValue value) {
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }

    /** Refusing is for the later side: a request that counts as earlier is simply overwritten. */
    private void settle(List<ConflictPlace> conflicts, SessionId id, Precedence precedence) {
        if (conflicts.isEmpty()) {
            return;
        }
        conflicts.forEach(place -> report(place, id));
        if (policies.onConflict() == ConflictPolicy.REFUSE && precedence == Precedence.OURS_IS_LATER) {
            throw new SessionException.Conflict(
                    "another request set the same places to other values: " + conflicts
                            + " (reactive-session.on-conflict is refuse)",
                    conflicts.stream().map(ConflictPlace::attribute).distinct().toList());
        }
    }

    private void report(ConflictPlace place, SessionId id) {
        LOG.debug("two requests set {} of session {} differently; {} decides", place, id, policies.onConflict());
        events.publish(
                new SessionEvent.Conflicted(events.now(), id, place.attribute(), place.path(), policies.onConflict()));
    }
}
