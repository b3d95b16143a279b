package dev.reactivesession.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionException;
import dev.reactivesession.codec.json.JsonCodecSettings;
import dev.reactivesession.codec.json.JsonSessionCodec;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;

/** The shapes that a user class of an application may have: docs/spring-security.md shows each. */
class UserShapesTest {

    private static final String CONTEXT = "SPRING_SECURITY_CONTEXT";

    private static final List<GrantedAuthority> ROLES = List.of(new SimpleGrantedAuthority("ROLE_USER"));

    record RecordUser(String username, String password, String tenant) implements UserDetails {

        @Override
        public String getUsername() {
            return username;
        }

        @Override
        public String getPassword() {
            return password;
        }

        @Override
        public Collection<? extends GrantedAuthority> getAuthorities() {
            return ROLES;
        }
    }

    /** Fields, and questions about them that no field answers. */
    static class BeanUser implements UserDetails {

        private static final long serialVersionUID = 1L;

        private String username;

        private String tenant;

        BeanUser() {}

        static BeanUser named(String username, String tenant) {
            BeanUser user = new BeanUser();
            user.username = username;
            user.tenant = tenant;
            return user;
        }

        @Override
        public String getUsername() {
            return username;
        }

        @Override
        public String getPassword() {
            return null;
        }

        @Override
        public Collection<? extends GrantedAuthority> getAuthorities() {
            return ROLES;
        }

        @Override
        public boolean isEnabled() {
            return true;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof BeanUser that && username.equals(that.username) && tenant.equals(that.tenant);
        }

        @Override
        public int hashCode() {
            return username.hashCode();
        }
    }

    /** A plain class that is no UserDetails. */
    record Account(long number, String name) implements java.security.Principal {

        @Override
        public String getName() {
            return name;
        }
    }

    /** Its public constructor takes what it adds by the names of the fields. */
    public static class Subclass extends User {

        private static final long serialVersionUID = 1L;

        private final String tenant;

        public Subclass(
                String username, String password, Collection<? extends GrantedAuthority> authorities, String tenant) {
            super(username, password, authorities);
            this.tenant = tenant;
        }

        static Subclass named(String username, String tenant) {
            return new Subclass(username, "{noop}secret", ROLES, tenant);
        }
    }

    /** An authentication of one's own. */
    public static class ByBadge extends UsernamePasswordAuthenticationToken {

        private static final long serialVersionUID = 1L;

        private final String badge;

        public ByBadge(
                Object principal,
                Object credentials,
                Collection<? extends GrantedAuthority> authorities,
                String badge) {
            super(principal, credentials, authorities);
            this.badge = badge;
        }
    }

    static Stream<Object> shapes() {
        return Stream.of(
                new RecordUser("alice", "{noop}secret", "acme"),
                BeanUser.named("alice", "acme"),
                new Account(7, "alice"),
                Subclass.named("alice", "acme"));
    }

    private static JsonSessionCodec codec(Class<?>... listed) {
        return new JsonSessionCodec(
                SecurityTypes.in(JsonCodecSettings.defaults(), UserShapesTest.class.getClassLoader())
                        .withAllowedTypes(listed));
    }

    private static SecurityContext loggedIn(Object user) {
        return new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(user, null, ROLES));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void listedItComesBackAsItWas(Object user) {
        JsonSessionCodec codec = codec(user.getClass());

        SecurityContext back =
                (SecurityContext) codec.decode(CONTEXT, codec.encode(CONTEXT, loggedIn(user), null), null);

        assertThat(back).isEqualTo(loggedIn(user));
        assertThat(back.getAuthentication().getPrincipal())
                .hasSameClassAs(user)
                .usingRecursiveComparison()
                .isEqualTo(user);
    }

    @Test
    void aUserWhosePasswordWasErasedComesBackWithoutIt() {
        Subclass user = Subclass.named("alice", "acme");
        user.eraseCredentials();
        JsonSessionCodec codec = codec(Subclass.class);

        SecurityContext back =
                (SecurityContext) codec.decode(CONTEXT, codec.encode(CONTEXT, loggedIn(user), null), null);

        assertThat(back.getAuthentication().getPrincipal())
                .hasSameClassAs(user)
                .usingRecursiveComparison()
                .isEqualTo(user);
    }

    @Test
    void anAuthenticationOfOnesOwnComesBackAsItWas() {
        JsonSessionCodec codec = codec(ByBadge.class);
        ByBadge byBadge = new ByBadge("alice", null, ROLES, "007");

        SecurityContext back = (SecurityContext)
                codec.decode(CONTEXT, codec.encode(CONTEXT, new SecurityContextImpl(byBadge), null), null);

        assertThat(back.getAuthentication())
                .hasSameClassAs(byBadge)
                .usingRecursiveComparison()
                .isEqualTo(byBadge);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void unlistedItIsRefusedWhenItIsStored(Object user) {
        assertThatThrownBy(() -> codec().encode(CONTEXT, loggedIn(user), null))
                .isInstanceOf(SessionException.NotStorable.class)
                .hasMessageContaining(user.getClass().getName())
                .hasMessageContaining("reactive-session.json.allowed-types");
    }
}
