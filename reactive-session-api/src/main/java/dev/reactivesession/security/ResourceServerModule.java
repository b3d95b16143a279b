package dev.reactivesession.security;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.jackson.SecurityJacksonModule;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionAuthenticatedPrincipal;
import tools.jackson.core.Version;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.util.StdConverter;

/** The authentications of a resource server, for which Spring Security has no module. */
final class ResourceServerModule extends SecurityJacksonModule {

    private static final long serialVersionUID = 1L;

    ResourceServerModule() {
        super(ResourceServerModule.class.getName(), Version.unknownVersion());
    }

    @Override
    public void configurePolymorphicTypeValidator(BasicPolymorphicTypeValidator.Builder types) {
        types.allowIfSubType(Jwt.class)
                .allowIfSubType(JwtAuthenticationToken.class)
                .allowIfSubType(BearerTokenAuthentication.class)
                .allowIfSubType(BearerTokenAuthenticationToken.class)
                .allowIfSubType(OAuth2AccessToken.class)
                .allowIfSubType(DefaultOAuth2AuthenticatedPrincipal.class)
                .allowIfSubType(OAuth2IntrospectionAuthenticatedPrincipal.class);
    }

    @Override
    public void setupModule(SetupContext context) {
        context.setMixIn(Jwt.class, Token.class);
        context.setMixIn(JwtAuthenticationToken.class, ByJwt.class);
        context.setMixIn(BearerTokenAuthentication.class, ByOpaqueToken.class);
        context.setMixIn(BearerTokenAuthenticationToken.class, Request.class);
        context.setMixIn(DefaultOAuth2AuthenticatedPrincipal.class, User.class);
        context.setMixIn(OAuth2IntrospectionAuthenticatedPrincipal.class, IntrospectedUser.class);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    @JsonAutoDetect(
            fieldVisibility = Visibility.ANY,
            getterVisibility = Visibility.NONE,
            isGetterVisibility = Visibility.NONE)
    abstract static class Token {

        @JsonCreator
        Token(
                @JsonProperty("tokenValue") String tokenValue,
                @JsonProperty("issuedAt") @Nullable Instant issuedAt,
                @JsonProperty("expiresAt") @Nullable Instant expiresAt,
                @JsonProperty("headers") Map<String, Object> headers,
                @JsonProperty("claims") Map<String, Object> claims) {}
    }

    /** Principal and credentials are the token. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    @JsonAutoDetect(
            fieldVisibility = Visibility.ANY,
            getterVisibility = Visibility.NONE,
            isGetterVisibility = Visibility.NONE)
    @JsonIgnoreProperties({"principal", "credentials"})
    abstract static class ByJwt {

        @JsonCreator
        ByJwt(
                @JsonProperty("token") Jwt token,
                @JsonProperty("authorities") Collection<? extends GrantedAuthority> authorities,
                @JsonProperty("name") @Nullable String name) {}
    }

    /** The token is in the credentials, and the attributes are those of the principal. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    @JsonAutoDetect(
            fieldVisibility = Visibility.ANY,
            getterVisibility = Visibility.NONE,
            isGetterVisibility = Visibility.NONE)
    @JsonIgnoreProperties({"token", "attributes"})
    abstract static class ByOpaqueToken {

        @JsonCreator
        ByOpaqueToken(
                @JsonProperty("principal") OAuth2AuthenticatedPrincipal principal,
                @JsonProperty("credentials") OAuth2AccessToken credentials,
                @JsonProperty("authorities") Collection<? extends GrantedAuthority> authorities) {}
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    @JsonAutoDetect(
            fieldVisibility = Visibility.ANY,
            getterVisibility = Visibility.NONE,
            isGetterVisibility = Visibility.NONE)
    abstract static class Request {

        @JsonCreator
        Request(@JsonProperty("token") String token) {}
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    @JsonAutoDetect(
            fieldVisibility = Visibility.ANY,
            getterVisibility = Visibility.NONE,
            isGetterVisibility = Visibility.NONE)
    abstract static class User {

        @JsonSerialize(converter = AsList.class)
        @Nullable
        Collection<GrantedAuthority> authorities;

        @JsonCreator
        User(
                @JsonProperty("name") @Nullable String name,
                @JsonProperty("attributes") Map<String, Object> attributes,
                @JsonProperty("authorities") Collection<GrantedAuthority> authorities) {}
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    @JsonAutoDetect(
            fieldVisibility = Visibility.NONE,
            getterVisibility = Visibility.NONE,
            isGetterVisibility = Visibility.NONE)
    abstract static class IntrospectedUser {

        @JsonCreator
        IntrospectedUser(
                @JsonProperty("name") @Nullable String name,
                @JsonProperty("attributes") Map<String, Object> attributes,
                @JsonProperty("authorities") Collection<GrantedAuthority> authorities) {}

        @JsonProperty
        abstract @Nullable String getName();

        @JsonProperty
        abstract Map<String, Object> getAttributes();

        @JsonProperty
        @JsonSerialize(converter = AsList.class)
        abstract Collection<? extends GrantedAuthority> getAuthorities();
    }

    /** A principal wraps its authorities in a collection that has no equal. */
    static final class AsList
            extends StdConverter<Collection<? extends GrantedAuthority>, List<? extends GrantedAuthority>> {

        @Override
        public List<? extends GrantedAuthority> convert(Collection<? extends GrantedAuthority> authorities) {
            return new ArrayList<>(authorities);
        }
    }
}
