package dev.reactivesession.engine;

import dev.reactivesession.Attribute;
import dev.reactivesession.OriginPart;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionOrigin;
import dev.reactivesession.SessionOrigins;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.SessionCodec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notes where sessions are used from, in an attribute of its own; does nothing unless asked for. */
final class OriginRules {

    private static final String NAME = AttributeName.ORIGIN;

    private static final Attribute<Map<String, String>> NOTED = Attribute.mapOf(NAME, String.class, String.class);

    private static final String CREATED = "created-";

    private static final String LOGGED_IN = "logged-in-";

    private static final String LAST_USED = "last-used-";

    private static final String ADDRESS = "address";

    private static final String AGENT = "agent";

    private static final int LONGEST_ADDRESS = 64;

    private static final int LONGEST_AGENT = 256;

    private final Set<OriginPart> parts;

    private final SessionCodec codec;

    OriginRules(Set<OriginPart> parts, SessionCodec codec) {
        this.parts = parts;
        this.codec = codec;
    }

    /** Whether a use has more to say than its time. */
    boolean isNews(Map<String, EncodedValue> stored, Client client) {
        return !parts.isEmpty() && client.isVisit() && !of(client).equals(origin(read(stored), LAST_USED));
    }

    /** Notes a save that its visitor made. */
    void note(Map<String, EncodedValue> attributes, SaveOrder order, Client client) {
        if (parts.isEmpty() || !client.isVisit()) {
            return;
        }
        Map<String, String> noted = read(attributes);
        SessionOrigin origin = of(client);
        if (noted.isEmpty()) {
            put(noted, CREATED, origin);
        }
        if (order.login().isPresent()) {
            put(noted, LOGGED_IN, origin);
        }
        put(noted, LAST_USED, origin);
        attributes.put(NAME, codec.encode(NAME, noted, NOTED.type()));
    }

    Optional<SessionOrigins> of(SessionCopy copy) {
        Map<String, String> noted = read(copy.attributes().stored());
        return noted.isEmpty()
                ? Optional.empty()
                : Optional.of(new SessionOrigins(
                        origin(noted, CREATED),
                        isNoted(noted, LOGGED_IN) ? origin(noted, LOGGED_IN) : null,
                        origin(noted, LAST_USED)));
    }

    private SessionOrigin of(Client client) {
        TokenCarrier.Sender sender = client.sender();
        return new SessionOrigin(address(sender.address()), agent(sender.agent()));
    }

    private @Nullable String address(@Nullable String address) {
        if (address == null || address.length() > LONGEST_ADDRESS) {
            return null;
        }
        if (parts.contains(OriginPart.ADDRESS)) {
            return address;
        }
        return parts.contains(OriginPart.SHORT_ADDRESS) ? ShortAddress.of(address) : null;
    }

    private @Nullable String agent(@Nullable String agent) {
        if (agent == null || !parts.contains(OriginPart.AGENT)) {
            return null;
        }
        return agent.length() > LONGEST_AGENT ? agent.substring(0, LONGEST_AGENT) : agent;
    }

    /** Damage here must not end the session: it is noted anew. */
    @SuppressWarnings("unchecked") // it was read as the declared type
    private Map<String, String> read(Map<String, EncodedValue> stored) {
        EncodedValue noted = stored.get(NAME);
        try {
            return noted == null
                    ? new LinkedHashMap<>()
                    : new LinkedHashMap<>((Map<String, String>) codec.decode(NAME, noted, NOTED.type()));
        } catch (
                @SuppressWarnings("UnusedException")
                SessionException.Unreadable damaged) {
            return new LinkedHashMap<>();
        }
    }

    private static void put(Map<String, String> noted, String use, SessionOrigin origin) {
        noted.put(use + ADDRESS, Objects.requireNonNullElse(origin.address(), ""));
        noted.put(use + AGENT, Objects.requireNonNullElse(origin.agent(), ""));
    }

    private static boolean isNoted(Map<String, String> noted, String use) {
        return noted.containsKey(use + ADDRESS);
    }

    private static SessionOrigin origin(Map<String, String> noted, String use) {
        return new SessionOrigin(known(noted.get(use + ADDRESS)), known(noted.get(use + AGENT)));
    }

    private static @Nullable String known(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
