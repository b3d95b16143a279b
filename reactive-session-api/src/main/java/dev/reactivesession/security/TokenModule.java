package dev.reactivesession.security;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.ott.OneTimeTokenAuthentication;
import org.springframework.security.authentication.ott.OneTimeTokenAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.jackson.SecurityJacksonModule;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import tools.jackson.core.Version;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * The authentications that Spring Security ships and its own modules leave out, or read back as another one: those of a
 * one-time token and of a pre-authenticated user, whose credentials may be a client certificate; and users and their
 * authentications, which its readers always give back as the class itself, never as one that extends it.
 */
final class TokenModule extends SecurityJacksonModule {

    private static final long serialVersionUID = 1L;

    TokenModule() {
        super(TokenModule.class.getName(), Version.unknownVersion());
    }

    @Override
    public void configurePolymorphicTypeValidator(BasicPolymorphicTypeValidator.Builder types) {
        types.allowIfSubType(OneTimeTokenAuthentication.class)
                .allowIfSubType(OneTimeTokenAuthenticationToken.class)
                .allowIfSubType(StoredCertificate.class);
    }

    @Override
    public void setupModule(SetupContext context) {
        context.setMixIn(OneTimeTokenAuthentication.class, OneTime.class);
        context.setMixIn(OneTimeTokenAuthenticationToken.class, OneTimeRequest.class);
        context.setMixIn(PreAuthenticatedAuthenticationToken.class, PreAuthenticated.class);
        context.setMixIn(UsernamePasswordAuthenticationToken.class, ByPassword.class);
        context.setMixIn(User.class, Person.class);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    @JsonAutoDetect(
            fieldVisibility = Visibility.ANY,
            getterVisibility = Visibility.NONE,
            isGetterVisibility = Visibility.NONE)
    abstract static class OneTime {

        @JsonCreator
        OneTime(
                @JsonProperty("principal") Object principal,
                @JsonProperty("authorities") Collection<? extends GrantedAuthority> authorities) {}
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    @JsonAutoDetect(
            fieldVisibility = Visibility.ANY,
            getterVisibility = Visibility.NONE,
            isGetterVisibility = Visibility.NONE)
    abstract static class OneTimeRequest {

        @JsonCreator
        OneTimeRequest(
                @JsonProperty("principal") @Nullable Object principal, @JsonProperty("tokenValue") String tokenValue) {}
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    @JsonAutoDetect(
            fieldVisibility = Visibility.ANY,
            getterVisibility = Visibility.NONE,
            isGetterVisibility = Visibility.NONE)
    // takes back the reader of Spring Security's own mix-in, which gives details that were never there
    @JsonDeserialize
    abstract static class PreAuthenticated {

        @JsonSerialize(converter = StoredCertificate.In.class)
        @Nullable
        Object credentials;

        @JsonCreator
        PreAuthenticated(
                @JsonProperty("principal") Object principal,
                @JsonProperty("credentials") @JsonDeserialize(using = StoredCertificate.Out.class) @Nullable
                        Object credentials,
                @JsonProperty("authorities") Collection<? extends GrantedAuthority> authorities) {}
    }

    // takes back the reader of Spring Security's own mix-in
    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    @JsonAutoDetect(
            fieldVisibility = Visibility.ANY,
            getterVisibility = Visibility.NONE,
            isGetterVisibility = Visibility.NONE)
    @JsonDeserialize
    abstract static class ByPassword {

        @JsonCreator
        ByPassword(
                @JsonProperty("principal") Object principal,
                @JsonProperty("credentials") @Nullable Object credentials,
                @JsonProperty("authorities") Collection<? extends GrantedAuthority> authorities) {}
    }

    // takes back the reader of Spring Security's own mix-in
    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    @JsonAutoDetect(
            fieldVisibility = Visibility.ANY,
            getterVisibility = Visibility.NONE,
            isGetterVisibility = Visibility.NONE)
    @JsonDeserialize
    abstract static class Person {

        @JsonCreator
        Person(
                @JsonProperty("username") String username,
                @JsonProperty("password") @Nullable String password,
                @JsonProperty("enabled") boolean enabled,
                @JsonProperty("accountNonExpired") boolean accountNonExpired,
                @JsonProperty("credentialsNonExpired") boolean credentialsNonExpired,
                @JsonProperty("accountNonLocked") boolean accountNonLocked,
                @JsonProperty("authorities") Collection<? extends GrantedAuthority> authorities) {}
    }
}
