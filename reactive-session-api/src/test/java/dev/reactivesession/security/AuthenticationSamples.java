package dev.reactivesession.security;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.jaas.JaasAuthenticationToken;
import org.springframework.security.authentication.ott.OneTimeTokenAuthentication;
import org.springframework.security.authentication.ott.OneTimeTokenAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthorizationCodeAuthenticationToken;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;
import org.springframework.security.oauth2.core.user.OAuth2UserAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.DPoPAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.authentication.WebAuthnAuthentication;

/** One of each authentication and authority, as a login leaves it. */
final class AuthenticationSamples {

    static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBdzCCAR2gAwIBAgIUQuJyIfOk1pNPWB10bSrGFqKzHVAwCgYIKoZIzj0EAwIw
            EDEOMAwGA1UEAwwFYWxpY2UwIBcNMjYxMTIxMTU1NzQ5WhgPMjEyNjEwMjgxNTU3
            NDlaMBAxDjAMBgNVBAMMBWFsaWNlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
            fZzr3MgUXg/rSVYfYzymSS4W6uILVLynNjGY9vcjZ8N7IH/Y+vSK01FCG7hazmtE
            TdAnSSBarIZhZJXVr8JWVKNTMFEwHQYDVR0OBBYEFPGGR/enRFWcDVE1oJ/P6Zvo
            B94BMB8GA1UdIwQYMBaAFPGGR/enRFWcDVE1oJ/P6ZvoB94BMA8GA1UdEwEB/wQF
            MAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgG6/KjL/k8pCdLkwA7K+psll8gdrp0Odv
            K5L6GcPHxJICIQCDF+ndccc+IPBab2xRPQEs9aLA1H+nxVTViAGSYPOigg==
            -----END CERTIFICATE-----
            """;

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final List<GrantedAuthority> ROLES =
            List.of(new SimpleGrantedAuthority("ROLE_B"), new SimpleGrantedAuthority("ROLE_A"));

    private AuthenticationSamples() {}

    static Stream<Authentication> authentications() {
        return Stream.of(
                new AnonymousAuthenticationToken("key", "anonymous", ROLES),
                new RememberMeAuthenticationToken("key", user(), ROLES),
                new TestingAuthenticationToken("alice", "secret", List.copyOf(ROLES)),
                UsernamePasswordAuthenticationToken.authenticated(user(), null, ROLES),
                new OneTimeTokenAuthentication(user(), ROLES),
                new OneTimeTokenAuthenticationToken("one-time"),
                new OAuth2AuthenticationToken(oidcUser(), ROLES, "provider"),
                new BearerTokenAuthentication(introspected(), accessToken(), ROLES),
                new BearerTokenAuthenticationToken("opaque"),
                new JwtAuthenticationToken(jwt(), ROLES, "alice"),
                new PreAuthenticatedAuthenticationToken(user(), "N/A", ROLES));
    }

    static Stream<GrantedAuthority> authorities() {
        return Stream.of(
                new SimpleGrantedAuthority("ROLE_A"),
                FactorGrantedAuthority.withAuthority("FACTOR_PASSWORD")
                        .issuedAt(NOW)
                        .build(),
                new OAuth2UserAuthority(Map.of("id", "alice")),
                new OidcUserAuthority(idToken()),
                new SwitchUserGrantedAuthority(
                        "ROLE_PREVIOUS_ADMINISTRATOR",
                        UsernamePasswordAuthenticationToken.authenticated(user(), null, ROLES)));
    }

    static Stream<Authentication> neverKept() {
        return Stream.of(
                new JaasAuthenticationToken("alice", null, List.copyOf(ROLES), null),
                simple(),
                new WebAuthnAuthentication(
                        ImmutablePublicKeyCredentialUserEntity.builder()
                                .name("alice")
                                .id(new Bytes(new byte[] {1}))
                                .displayName("Alice")
                                .build(),
                        ROLES),
                new OAuth2AuthorizationCodeAuthenticationToken(registration(), exchange()),
                new OAuth2LoginAuthenticationToken(registration(), exchange(), oidcUser(), ROLES, accessToken()),
                new DPoPAuthenticationToken("token", "proof", "GET", "https://api.example/"));
    }

    /** The copy that Spring Security makes of an authentication which cannot copy itself. */
    private static Authentication simple() {
        return new AbstractAuthenticationToken(ROLES) {

            private static final long serialVersionUID = 1L;

            @Override
            public Object getCredentials() {
                return "";
            }

            @Override
            public Object getPrincipal() {
                return "alice";
            }
        }.toBuilder().build();
    }

    /** What a login with a client certificate leaves. */
    static Authentication byCertificate() {
        try {
            return new PreAuthenticatedAuthenticationToken(
                    user(),
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(CERTIFICATE.getBytes(StandardCharsets.US_ASCII))),
                    ROLES);
        } catch (CertificateException error) {
            throw new IllegalStateException(error);
        }
    }

    private static User user() {
        return new User("alice", "{noop}secret", true, true, false, true, ROLES);
    }

    private static OidcIdToken idToken() {
        return new OidcIdToken(
                "value",
                NOW,
                NOW.plusSeconds(60),
                Map.of(
                        "iss",
                        "https://provider.example",
                        "sub",
                        "alice",
                        "sid",
                        "1",
                        "iat",
                        NOW,
                        "aud",
                        List.of("client")));
    }

    private static DefaultOidcUser oidcUser() {
        return new DefaultOidcUser(Set.of(new OidcUserAuthority(idToken())), idToken());
    }

    private static Jwt jwt() {
        return Jwt.withTokenValue("header.payload.signature")
                .header("alg", "RS256")
                .subject("alice")
                .audience(List.of("api"))
                .issuedAt(NOW)
                .expiresAt(NOW.plusSeconds(60))
                .claim("scope", List.of("read", "write"))
                .claim("level", 3L)
                .build();
    }

    private static DefaultOAuth2AuthenticatedPrincipal introspected() {
        return new DefaultOAuth2AuthenticatedPrincipal(
                "alice", Map.of("sub", "alice", "active", true, "exp", NOW), ROLES);
    }

    static OAuth2AccessToken accessToken() {
        return new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.BEARER, "opaque", NOW, NOW.plusSeconds(60), Set.of("read"));
    }

    static List<GrantedAuthority> roles() {
        return ROLES;
    }

    private static ClientRegistration registration() {
        return ClientRegistration.withRegistrationId("provider")
                .clientId("client")
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
                .authorizationUri("https://provider.example/authorize")
                .tokenUri("https://provider.example/token")
                .build();
    }

    private static OAuth2AuthorizationExchange exchange() {
        return new OAuth2AuthorizationExchange(
                OAuth2AuthorizationRequest.authorizationCode()
                        .authorizationUri("https://provider.example/authorize")
                        .clientId("client")
                        .build(),
                OAuth2AuthorizationResponse.success("code")
                        .redirectUri("https://app.example/login/oauth2/code/provider")
                        .build());
    }
}
