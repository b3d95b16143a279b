package dev.reactivesession.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionException;
import dev.reactivesession.codec.EncodedValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.jackson.SecurityJacksonModules;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;
import org.springframework.security.web.server.csrf.DefaultCsrfToken;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** What Spring Security puts into a session, through the modules and the list of types that it ships. */
class JsonSessionCodecSpringSecurityTest {

    private final JsonSessionCodec codec = new JsonSessionCodec(withSecurity(JsonCodecSettings.defaults()));

    private static JsonCodecSettings withSecurity(JsonCodecSettings settings) {
        BasicPolymorphicTypeValidator.Builder types = BasicPolymorphicTypeValidator.builder();
        List<JacksonModule> modules =
                SecurityJacksonModules.getModules(JsonSessionCodecSpringSecurityTest.class.getClassLoader(), types);
        return settings.withModules(modules, types.build()).withAllowedTypes(DefaultCsrfToken.class);
    }

    @Test
    void aSecurityContextWithAUserComesBack() {
        User user = new User(
                "alice", "{bcrypt}x", true, true, false, true, AuthorityUtils.createAuthorityList("ROLE_B", "ROLE_A"));
        UsernamePasswordAuthenticationToken token =
                UsernamePasswordAuthenticationToken.authenticated(user, "password", user.getAuthorities());
        token.setDetails("details");
        SecurityContext context = new SecurityContextImpl(token);
        SecurityContext back = roundTrip(context);
        assertThat(back).isExactlyInstanceOf(SecurityContextImpl.class).isEqualTo(context);
        assertThat(back.getAuthentication()).isExactlyInstanceOf(UsernamePasswordAuthenticationToken.class);
        assertThat(List.copyOf(back.getAuthentication().getAuthorities()))
                .isEqualTo(List.copyOf(token.getAuthorities()));
        User principal = (User) back.getAuthentication().getPrincipal();
        assertThat(principal).usingRecursiveComparison().isEqualTo(user);
        assertStable(context);
    }

    @Test
    void aUserWithoutCredentialsComesBack() {
        User user = new User("alice", "password", AuthorityUtils.createAuthorityList("ROLE_A"));
        user.eraseCredentials();
        UsernamePasswordAuthenticationToken token =
                UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities());
        SecurityContext back = roundTrip(new SecurityContextImpl(token));
        assertThat(((User) back.getAuthentication().getPrincipal()).getPassword())
                .isNull();
        assertThat(back.getAuthentication()).isEqualTo(token);
        assertStable(new SecurityContextImpl(token));
    }

    @Test
    void otherAuthenticationsComeBack() {
        List<SimpleGrantedAuthority> roles = List.of(new SimpleGrantedAuthority("ROLE_A"));
        assertComesBack(new SecurityContextImpl(new AnonymousAuthenticationToken("key", "anonymous", roles)));
        assertComesBack(new SecurityContextImpl(UsernamePasswordAuthenticationToken.unauthenticated("bob", "pw")));
        assertComesBack(new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
                "bob",
                null,
                List.of(FactorGrantedAuthority.withAuthority("FACTOR_PASSWORD")
                        .issuedAt(Instant.parse("2026-01-01T00:00:00.123456Z"))
                        .build()))));
        assertComesBack(new SecurityContextImpl());
    }

    @Test
    void aCsrfTokenComesBack() {
        DefaultCsrfToken token = new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", "4bfd1575-3ad1-4d21-96c7-4ef2d9f86721");
        assertThat(this.<Object>roundTrip(token)).usingRecursiveComparison().isEqualTo(token);
        assertStable(token);
    }

    @Test
    void anAuthorizationRequestComesBack() {
        OAuth2AuthorizationRequest request = OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri("https://provider.example/authorize")
                .clientId("client")
                .redirectUri("https://app.example/login/oauth2/code/x")
                .scopes(Set.of("openid", "email", "profile"))
                .state("state")
                .additionalParameters(Map.of("nonce", "hash", "code_challenge", "c", "code_challenge_method", "S256"))
                .attributes(Map.of("registration_id", "x", "nonce", "n", "code_verifier", "v"))
                .build();
        assertThat(this.<Object>roundTrip(request)).usingRecursiveComparison().isEqualTo(request);
        assertComesBackNested(Map.of("state", request));
    }

    @Test
    void anOidcUserComesBack() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        OidcIdToken token = new OidcIdToken(
                "value", now, now.plusSeconds(60), Map.of("sub", "alice", "iat", now, "aud", List.of("client")));
        DefaultOidcUser user = new DefaultOidcUser(Set.of(new OidcUserAuthority(token)), token);
        assertComesBackNested(new SecurityContextImpl(new OAuth2AuthenticationToken(user, user.getAuthorities(), "x")));
    }

    @Test
    void anAuthorizedClientComesBack() {
        ClientRegistration registration = ClientRegistration.withRegistrationId("x")
                .clientId("client")
                .clientSecret("secret")
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
                .scope("openid", "email")
                .authorizationUri("https://provider.example/authorize")
                .tokenUri("https://provider.example/token")
                .userInfoUri("https://provider.example/userinfo")
                .userNameAttributeName("sub")
                .jwkSetUri("https://provider.example/jwks")
                .providerConfigurationMetadata(Map.of("issuer", "https://provider.example"))
                .build();
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        OAuth2AccessToken access = new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.BEARER, "value", now, now.plusSeconds(60), Set.of("openid"));
        OAuth2AuthorizedClient client =
                new OAuth2AuthorizedClient(registration, "alice", access, new OAuth2RefreshToken("refresh", now));
        assertComesBackNested(new HashMap<>(Map.of("x", client)));
    }

    @Test
    void theModulesChangeNeitherTheStoredFormNorWhatElseIsAllowed() {
        JsonSessionCodec plain = new JsonSessionCodec();
        for (Object value : List.of(Instant.EPOCH, List.of(1L), Map.of("a", Instant.EPOCH), 5L)) {
            assertThat(codec.encode("a", value, null)).isEqualTo(plain.encode("a", value, null));
        }
        assertThatThrownBy(() -> codec.encode("a", new Shop.Point(1, 2), null))
                .isInstanceOf(SessionException.NotStorable.class);
        EncodedValue point = new JsonSessionCodec(JsonCodecSettings.defaults().withAllowedTypes(Shop.Point.class))
                .encode("a", new Shop.Point(1, 2), null);
        assertThatThrownBy(() -> codec.decode("a", point, null)).isInstanceOf(SessionException.Unreadable.class);
    }

    @Test
    void withoutTheModulesTheTypesOfSpringSecurityAreRefused() {
        assertThatThrownBy(() -> new JsonSessionCodec().encode("a", new SecurityContextImpl(), null))
                .isInstanceOf(SessionException.NotStorable.class)
                .hasMessageContaining("SecurityContextImpl");
    }

    private void assertComesBack(Object value) {
        assertThat(this.<Object>roundTrip(value)).hasSameClassAs(value).isEqualTo(value);
        assertStable(value);
    }

    private void assertComesBackNested(Object value) {
        assertThat(this.<Object>roundTrip(value)).usingRecursiveComparison().isEqualTo(value);
        assertStable(value);
    }

    private void assertStable(Object value) {
        EncodedValue normal = codec.encode("a", roundTrip(value), null);
        assertThat(codec.encode("a", codec.decode("a", normal, null), null)).isEqualTo(normal);
    }

    @SuppressWarnings("unchecked")
    private <T> T roundTrip(Object value) {
        return (T) codec.decode("a", codec.encode("a", value, null), null);
    }
}
