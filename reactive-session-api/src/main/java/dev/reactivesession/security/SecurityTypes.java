package dev.reactivesession.security;

import dev.reactivesession.codec.json.JsonCodecSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.security.jackson.SecurityJacksonModule;
import org.springframework.security.jackson.SecurityJacksonModules;
import org.springframework.security.web.server.csrf.DefaultCsrfToken;
import org.springframework.util.ClassUtils;
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

    private static final String RESOURCE_SERVER =
            "org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken";

    private static final String JWT = "org.springframework.security.oauth2.jwt.Jwt";

    private SecurityTypes() {}

    /**
     * Allows the types of every module of Spring Security on the class path.
     *
     * @param settings the other types that may be stored
     * @param loader where to look for the modules
     * @return a copy
     */
    public static JsonCodecSettings in(JsonCodecSettings settings, ClassLoader loader) {
        BasicPolymorphicTypeValidator.Builder allowed = BasicPolymorphicTypeValidator.builder();
        INNER_TYPES.forEach(allowed::allowIfSubType);
        List<SecurityJacksonModule> ours = ours(loader);
        ours.forEach(module -> module.configurePolymorphicTypeValidator(allowed));
        Stream<JacksonModule> theirs = SecurityJacksonModules.getModules(loader, allowed).stream()
                .filter(SecurityJacksonModule.class::isInstance);
        List<JacksonModule> modules = Stream.concat(theirs, ours.stream()).toList();
        return settings.withModules(modules, new ShippedTypes(allowed.build()))
                .withAllowedTypes(DefaultCsrfToken.class);
    }

    /** After those of Spring Security, so that the last word about a type is said here. */
    private static List<SecurityJacksonModule> ours(ClassLoader loader) {
        List<SecurityJacksonModule> modules = new ArrayList<>();
        modules.add(new TokenModule());
        if (ClassUtils.isPresent(RESOURCE_SERVER, loader) && ClassUtils.isPresent(JWT, loader)) {
            modules.add(new ResourceServerModule());
        }
        return modules;
    }
}
