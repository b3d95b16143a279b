package dev.reactivesession.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;
import org.springframework.util.ClassUtils;

/**
 * The types that Spring Security keeps in a session, and everything in its Jackson packages: mix-ins, readers and
 * writers are named by annotations only.
 */
public final class SecurityRuntimeHints implements RuntimeHintsRegistrar {

    private static final List<String> JACKSON_PACKAGES = List.of(
            "org/springframework/security/jackson",
            "org/springframework/security/web/jackson",
            "org/springframework/security/web/server/jackson",
            "org/springframework/security/oauth2/client/jackson");

    private static final List<String> KEPT_IN_A_SESSION = List.of(
            "core.context.SecurityContextImpl",
            "core.authority.SimpleGrantedAuthority",
            "core.authority.FactorGrantedAuthority",
            "core.userdetails.User",
            "authentication.AbstractAuthenticationToken",
            "authentication.AnonymousAuthenticationToken",
            "authentication.RememberMeAuthenticationToken",
            "authentication.UsernamePasswordAuthenticationToken",
            "authentication.ott.OneTimeTokenAuthentication",
            "authentication.ott.OneTimeTokenAuthenticationToken",
            "web.authentication.preauth.PreAuthenticatedAuthenticationToken",
            "web.authentication.switchuser.SwitchUserGrantedAuthority",
            "oauth2.core.DefaultOAuth2AuthenticatedPrincipal",
            "oauth2.jwt.Jwt",
            "oauth2.server.resource.authentication.BearerTokenAuthentication",
            "oauth2.server.resource.authentication.BearerTokenAuthenticationToken",
            "oauth2.server.resource.authentication.JwtAuthenticationToken",
            "oauth2.server.resource.introspection.OAuth2IntrospectionAuthenticatedPrincipal",
            "web.server.csrf.DefaultCsrfToken",
            "oauth2.client.OAuth2AuthorizedClient",
            "oauth2.client.authentication.OAuth2AuthenticationToken",
            "oauth2.client.registration.ClientRegistration",
            "oauth2.core.AuthenticationMethod",
            "oauth2.core.AuthorizationGrantType",
            "oauth2.core.ClientAuthenticationMethod",
            "oauth2.core.OAuth2AccessToken",
            "oauth2.core.OAuth2AccessToken$TokenType",
            "oauth2.core.OAuth2RefreshToken",
            "oauth2.core.endpoint.OAuth2AuthorizationRequest",
            "oauth2.core.endpoint.OAuth2AuthorizationResponseType",
            "oauth2.core.oidc.OidcIdToken",
            "oauth2.core.oidc.OidcUserInfo",
            "oauth2.core.oidc.user.DefaultOidcUser",
            "oauth2.core.oidc.user.OidcUserAuthority",
            "oauth2.core.user.DefaultOAuth2User",
            "oauth2.core.user.OAuth2UserAuthority");

    /** Mix-ins, and the types they name. */
    private static final List<String> OURS = Stream.of(
                    "StoredCertificate",
                    "StoredCertificate$In",
                    "StoredCertificate$Out",
                    "TokenModule$ByPassword",
                    "TokenModule$OneTime",
                    "TokenModule$OneTimeRequest",
                    "TokenModule$Person",
                    "TokenModule$PreAuthenticated",
                    "ResourceServerModule$AsList",
                    "ResourceServerModule$ByJwt",
                    "ResourceServerModule$ByOpaqueToken",
                    "ResourceServerModule$IntrospectedUser",
                    "ResourceServerModule$Request",
                    "ResourceServerModule$Token",
                    "ResourceServerModule$User")
            .map(name -> SecurityRuntimeHints.class.getPackageName() + "." + name)
            .toList();

    /** Instantiated by the tooling. */
    public SecurityRuntimeHints() {}

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        ClassLoader classes = loader == null ? SecurityRuntimeHints.class.getClassLoader() : loader;
        Stream<String> kept = KEPT_IN_A_SESSION.stream().map(name -> "org.springframework.security." + name);
        Stream<String> jackson = JACKSON_PACKAGES.stream().flatMap(folder -> classesIn(folder, classes));
        Stream.of(OURS.stream(), kept, jackson)
                .flatMap(names -> names)
                .filter(name -> !name.endsWith("package-info") && ClassUtils.isPresent(name, classes))
                .forEach(name -> hints.reflection()
                        .registerType(
                                TypeReference.of(name),
                                MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
                                MemberCategory.INVOKE_DECLARED_METHODS,
                                MemberCategory.ACCESS_DECLARED_FIELDS));
    }

    private static Stream<String> classesIn(String folder, ClassLoader loader) {
        try {
            Resource[] files =
                    new PathMatchingResourcePatternResolver(loader).getResources("classpath*:" + folder + "/*.class");
            return Arrays.stream(files).map(SecurityRuntimeHints::className);
        } catch (IOException error) {
            throw new UncheckedIOException("the class path cannot be read", error);
        }
    }

    private static String className(Resource file) {
        try {
            return new CachingMetadataReaderFactory()
                    .getMetadataReader(file)
                    .getClassMetadata()
                    .getClassName();
        } catch (IOException error) {
            throw new UncheckedIOException("a class of the class path cannot be read", error);
        }
    }
}
