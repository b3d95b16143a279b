package dev.reactivesession.engine;

import dev.reactivesession.SessionId;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.store.SessionRecord;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes working copies, each with the rules it follows.
 *
 * @param rules the rules of time
 * @param attributes the rules for attributes
 * @param principals says whose a session is
 * @param random where ids come from
 */
record SessionFactory(RecordRules rules, AttributeRules attributes, PrincipalSource principals, SecureRandom random) {

    SessionId newId() {
        byte[] bytes = new byte[SessionId.BYTES];
        random.nextBytes(bytes);
        return SessionId.of(bytes);
    }

    SessionTimes times(SessionCopy copy) {
        return new SessionTimes(copy, rules, attributes);
    }

    SessionOwner owner(SessionCopy copy) {
        return new SessionOwner(copy, principals);
    }

    SessionCopy fresh(Supplier<SessionId> id) {
        return new SessionCopy(
                new Life.Fresh(rules.now(), null, null),
                new WorkingAttributes(attributes.codecFor(id), new LinkedHashMap<>(0)));
    }

    /** Throws {@link dev.reactivesession.SessionException.Unreadable} when the payload as a whole is. */
    SessionCopy stored(SessionRecord record, boolean renewalDue) {
        Map<String, EncodedValue> stored = attributes.split(record.payload());
        return new SessionCopy(
                new Life.Stored(record, renewalDue), new WorkingAttributes(attributes.codecFor(record::id), stored));
    }
}
