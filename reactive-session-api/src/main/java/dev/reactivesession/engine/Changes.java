package dev.reactivesession.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a session since it was loaded or saved.
 *
 * @param attributes the attributes changed, by name
 * @param principal the new principal, when it was changed
 * @param lifetime how long it is to live
 * @param rotate whether the token is to be replaced
 */
record Changes(
        Map<String, AttributeChange> attributes,
        @Nullable PrincipalChange principal,
        LifetimeChange lifetime,
        boolean rotate) {

    static final Changes NONE = new Changes(Map.of(), null, LifetimeChange.NONE, false);

    boolean isEmpty() {
        return attributes.isEmpty() && principal == null && lifetime.isNone() && !rotate;
    }

    Changes then(Changes next) {
        if (isEmpty() || next.isEmpty()) {
            return isEmpty() ? next : this;
        }
        Map<String, AttributeChange> both = new LinkedHashMap<>(attributes);
        next.attributes.values().forEach(change -> both.merge(change.name(), change, AttributeChange::then));
        both.values().removeIf(AttributeChange::isNone);
        return new Changes(
                both,
                next.principal == null ? principal : next.principal,
                lifetime.then(next.lifetime),
                rotate || next.rotate);
    }

    /**
     * The part of a request whose token was replaced while it ran: its attributes, but not the one that names a user.
     */
    Changes attributesOnly(PrincipalSource principals) {
        Map<String, AttributeChange> own = new LinkedHashMap<>(attributes);
        own.keySet().removeIf(principals::isHeldBy);
        return new Changes(own, null, LifetimeChange.NONE, false);
    }
}
