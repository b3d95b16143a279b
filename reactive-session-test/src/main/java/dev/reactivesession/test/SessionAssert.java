package dev.reactivesession.test;

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/**
 * Assertions on a session. A message names attributes and, because a test wants to see it, shows the one that
 * differs.
 */
public final class SessionAssert extends AbstractAssert<SessionAssert, Session> {

    private SessionAssert(Session session) {
        super(session, SessionAssert.class);
    }

    /**
     * Begins to check a session.
     *
     * @param session the session
     * @return its checks
     */
    public static SessionAssert assertThat(Session session) {
        return new SessionAssert(session);
    }

    /**
     * Has an attribute of this value.
     *
     * @param name its name
     * @param value its value
     * @return this
     */
    public SessionAssert hasAttribute(String name, Object value) {
        Assertions.assertThat(actual.<Object>get(name))
                .as("attribute '%s'", name)
                .isEqualTo(value);
        return this;
    }

    /**
     * Has a declared attribute of this value.
     *
     * @param attribute its name and type
     * @param value its value
     * @param <T> the type of the value
     * @return this
     */
    public <T> SessionAssert hasAttribute(Attribute<T> attribute, T value) {
        Assertions.assertThat(actual.get(attribute))
                .as("attribute '%s'", attribute.name())
                .isEqualTo(value);
        return this;
    }

    /**
     * Lacks an attribute.
     *
     * @param name its name
     * @return this
     */
    public SessionAssert hasNoAttribute(String name) {
        Assertions.assertThat(actual.contains(name))
                .as("attribute '%s' is present", name)
                .isFalse();
        return this;
    }

    /**
     * Has these attributes and no others.
     *
     * @param names their names, in any order
     * @return this
     */
    public SessionAssert hasOnlyAttributes(String... names) {
        Assertions.assertThat(actual.attributes().keySet())
                .as("the names of the attributes")
                .containsExactlyInAnyOrder(names);
        return this;
    }

    /**
     * Belongs to a user.
     *
     * @param principal the user name
     * @return this
     */
    public SessionAssert belongsTo(String principal) {
        Assertions.assertThat(actual.principal()).as("principal").contains(principal);
        return this;
    }

    /**
     * Belongs to no user: nobody has logged in.
     *
     * @return this
     */
    public SessionAssert belongsToNobody() {
        Assertions.assertThat(actual.principal()).as("principal").isEqualTo(Optional.empty());
        return this;
    }

    /**
     * Lives unused for so long.
     *
     * @param timeout its idle timeout
     * @return this
     */
    public SessionAssert hasIdleTimeout(Duration timeout) {
        Assertions.assertThat(actual.idleTimeout()).as("idle timeout").isEqualTo(timeout);
        return this;
    }

    /**
     * Was used at this time or later, as far as the store knows: its recorded use may lag behind by the touch interval.
     *
     * @param time the earliest time
     * @return this
     */
    public SessionAssert accessedNoEarlierThan(Instant time) {
        Assertions.assertThat(actual.lastAccessedAt()).as("time of last access").isAfterOrEqualTo(time);
        return this;
    }
}
