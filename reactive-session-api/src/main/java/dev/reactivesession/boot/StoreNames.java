package dev.reactivesession.boot;

import dev.reactivesession.SessionException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The values of {@code reactive-session.store}: two of this module, and the names that back ends bring. */
final class StoreNames {

    static final String MEMORY = "memory";

    static final String TIERED = "tiered";

    /** The back end that holds the copies of a tiered store. */
    static final String CACHE = "redis";

    /** The back end that holds the records of a tiered store. */
    static final String DURABLE = "r2dbc";

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,30}");

    private static final Set<String> OWN = Set.of(MEMORY, TIERED);

    /** The module to add for a missing back end of this project; other back ends are known only when present. */
    private static final Map<String, String> MODULES = Map.of(
            CACHE,
            "dev.reactivesession:reactive-session-redis-spring-boot-starter",
            DURABLE,
            "dev.reactivesession:reactive-session-postgresql-spring-boot-starter",
            "cookie",
            "dev.reactivesession:reactive-session-cookie-spring-boot-starter");

    private StoreNames() {}

    static void require(String name) {
        if (!FORM.matcher(name).matches() || OWN.contains(name)) {
            throw new SessionException.Misconfigured(
                    "the name of a session store is '" + name + "', but must be lower-case letters, digits and hyphens,"
                            + " and neither memory nor tiered",
                    null);
        }
    }

    /** Every name that can be chosen here. */
    static String choosable(List<StoreOffer> offers) {
        Set<String> names = offers.stream().map(StoreOffer::name).collect(Collectors.toCollection(TreeSet::new));
        if (names.contains(CACHE) && names.contains(DURABLE)) {
            names.add(TIERED);
        }
        names.add(MEMORY);
        return String.join(", ", names);
    }

    static SessionException.Misconfigured absent(String chosen, String needed, List<StoreOffer> offers) {
        String module = MODULES.get(needed);
        String reason = module == null
                ? "but must be one of " + choosable(offers)
                : "but reactive-session-" + needed + " is not on the class path; add " + module
                        + ", or choose what there is: " + choosable(offers);
        return new SessionException.Misconfigured("reactive-session.store is '" + chosen + "', " + reason, null);
    }

    /** Back ends of this project that are not present, named to an application without any. */
    static String starters() {
        return Stream.concat(
                        MODULES.values().stream(),
                        Stream.of("dev.reactivesession:reactive-session-h2-spring-boot-starter"))
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
