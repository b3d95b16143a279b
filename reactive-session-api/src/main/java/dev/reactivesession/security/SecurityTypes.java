package dev.reactivesession.security;

import dev.reactivesession.codec.json.JsonCodecSettings;
import java.util.List;
import org.springframework.security.jackson.SecurityJacksonModule;
import org.springframework.security.jackson.SecurityJacksonModules;
import org.springframework.security.web.server.csrf.DefaultCsrfToken;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** The types that Spring Security keeps in a session, as its own Jackson modules write and allow them. */
public final class SecurityTypes {

    /** Parts of what the modules allow, which Jackson lets pass there because nothing can be derived from them. */
    private static final List<String> INNER_TYPES = List.of(
            "java.net.URL",
            "org.springframework.security.oauth2.core.AuthorizationGrantType",
            "org.springframework.security.oauth2.core.ClientAuthenticationMethod",
            "org.springframework.security.oauth2.core.AuthenticationMethod",
            "org.springframework.security.oauth2.core.OAuth2AccessToken$TokenType",
            "org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponseType",
            "org.springframework.security.oauth2.client.registration.ClientRegistration$");

    private SecurityTypes() {}

    /**
     * Allows the types of every module of Spring Security on the class path.
     *
     * @param settings what else may be stored
     * @param loader where to look for the modules
     * @return a copy
     */
    public static JsonCodecSettings in(JsonCodecSettings settings, ClassLoader loader) {
        BasicPolymorphicTypeValidator.Builder allowed = BasicPolymorphicTypeValidator.builder();
        INNER_TYPES.forEach(allowed::allowIfSubType);
        List<JacksonModule> modules = SecurityJacksonModules.getModules(loader, allowed).stream()
                .filter(SecurityJacksonModule.class::isInstance)
                .toList();
        return settings.withModules(modules, allowed.build()).withAllowedTypes(DefaultCsrfToken.class);
    }
}
