package dev.reactivesession.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.SessionException;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.json.JsonCodecSettings;
import dev.reactivesession.codec.json.JsonSessionCodec;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

/**
 * How each authentication and authority of Spring Security is stored. They are found in its jars: one that a later
 * version brings is in neither list, and this test says so.
 */
class EveryAuthenticationTest {

    private static final String CONTEXT = "SPRING_SECURITY_CONTEXT";

    /** Anonymous classes that stand for a principal within one call. */
    private static final String[] WITHOUT_A_NAME = {
        "org.springframework.security.oauth2.client.OAuth2AuthorizeRequest$Builder$",
        "org.springframework.security.oauth2.client.web.client.RequestAttributePrincipalResolver$",
        "org.springframework.security.oauth2.client.web.reactive.function.client."
                + "ServletOAuth2AuthorizedClientExchangeFilterFunction$"
    };

    /** Each with the reason. */
    private static final Map<Class<?>, String> NEVER_KEPT = Map.ofEntries(
            entry("authentication.jaas.JaasAuthenticationToken", "a JAAS login, which blocks and is not for WebFlux"),
            entry("authentication.jaas.JaasGrantedAuthority", "a JAAS login, which blocks and is not for WebFlux"),
            entry(
                    "config.annotation.web.configurers.oauth2.client.OidcBackChannelLogoutAuthentication",
                    "a request of the provider, for servlets"),
            entry(
                    "config.annotation.web.configurers.oauth2.client.OidcLogoutAuthenticationToken",
                    "a request of the provider, for servlets"),
            entry(
                    "config.web.server.OidcBackChannelLogoutAuthentication",
                    "a request of the provider, without a session"),
            entry("config.web.server.OidcLogoutAuthenticationToken", "a request of the provider, without a session"),
            entry("core.SimpleAuthentication", "a class that nothing outside of Spring Security can make"),
            entry(
                    "oauth2.client.authentication.OAuth2AuthorizationCodeAuthenticationToken",
                    "a step on the way to an authorized client, which is what is kept"),
            entry(
                    "oauth2.client.authentication.OAuth2LoginAuthenticationToken",
                    "a step on the way to an OAuth2AuthenticationToken, which is what is kept"),
            entry(
                    "oauth2.server.resource.authentication.DPoPAuthenticationToken",
                    "the proof of one request, for servlets"),
            entry("web.webauthn.authentication.WebAuthnAuthentication", "for servlets"),
            entry("web.webauthn.authentication.WebAuthnAuthenticationRequestToken", "for servlets"));

    private static Map.Entry<Class<?>, String> entry(String name, String reason) {
        try {
            return Map.entry(
                    Class.forName(
                            "org.springframework.security." + name,
                            false,
                            EveryAuthenticationTest.class.getClassLoader()),
                    reason);
        } catch (ClassNotFoundException gone) {
            throw new AssertionError("no longer there: take it off the list", gone);
        }
    }

    private final JsonSessionCodec codec = new JsonSessionCodec(
            SecurityTypes.in(JsonCodecSettings.defaults(), EveryAuthenticationTest.class.getClassLoader()));

    static Stream<String> found() throws IOException {
        MetadataReaderFactory readers = new CachingMetadataReaderFactory();
        Set<String> found = new TreeSet<>();
        for (Resource file : new PathMatchingResourcePatternResolver()
                .getResources("classpath*:org/springframework/security/**/*.class")) {
            if (!String.valueOf(file.getURL()).contains("spring-security-test")) {
                addIfStored(readers.getMetadataReader(file).getClassMetadata().getClassName(), found);
            }
        }
        return found.stream();
    }

    private static void addIfStored(String name, Set<String> found) {
        try {
            Class<?> type = Class.forName(name, false, EveryAuthenticationTest.class.getClassLoader());
            boolean stored =
                    Authentication.class.isAssignableFrom(type) || GrantedAuthority.class.isAssignableFrom(type);
            if (stored && !type.isInterface() && !Modifier.isAbstract(type.getModifiers())) {
                found.add(name);
            }
        } catch (NoClassDefFoundError absent) {
            // part of a module that is not here, such as servlets
        } catch (ClassNotFoundException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void eachThatThereIsIsInOneOfTheLists() throws IOException {
        List<String> listed = Stream.concat(kept().map(Object::getClass), NEVER_KEPT.keySet().stream())
                .map(Class::getName)
                .toList();

        assertThat(listed).doesNotHaveDuplicates();
        assertThat(found().filter(name -> !Stream.of(WITHOUT_A_NAME).anyMatch(name::startsWith)))
                .as("stored or refused: say which in this test, and in docs/spring-security.md")
                .containsExactlyInAnyOrderElementsOf(listed);
    }

    static Stream<Object> kept() {
        return Stream.of(AuthenticationSamples.authentications(), AuthenticationSamples.authorities())
                .flatMap(samples -> samples);
    }

    @ParameterizedTest
    @MethodSource("kept")
    void aKeptOneComesBackAsItWas(Object sample) {
        SecurityContext context = new SecurityContextImpl(
                sample instanceof Authentication authentication
                        ? authentication
                        : UsernamePasswordAuthenticationToken.authenticated(
                                "alice", null, List.of((GrantedAuthority) sample)));

        SecurityContext back = roundTrip(context);

        assertThat(back.getAuthentication()).hasSameClassAs(context.getAuthentication());
        assertThat(back.getAuthentication())
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .isEqualTo(context.getAuthentication());
    }

    @Test
    void aClientCertificateComesBackAsItWas() {
        Authentication sample = AuthenticationSamples.byCertificate();

        Authentication back = roundTrip(new SecurityContextImpl(sample)).getAuthentication();

        assertThat(back).isEqualTo(sample);
        assertThat(back.getCredentials()).isInstanceOf(X509Certificate.class).isEqualTo(sample.getCredentials());
    }

    @Test
    void detailsAndAnAuthenticationThatIsNotTrustedComeBackAsTheyWere() {
        PreAuthenticatedAuthenticationToken sample = new PreAuthenticatedAuthenticationToken("alice", "N/A");
        sample.setDetails("the gate");

        assertThat(roundTrip(new SecurityContextImpl(sample)).getAuthentication())
                .isEqualTo(sample);
    }

    private SecurityContext roundTrip(SecurityContext context) {
        EncodedValue stored = codec.encode(CONTEXT, context, null);
        return (SecurityContext) codec.decode(CONTEXT, stored, null);
    }

    static Stream<Authentication> neverKept() {
        return AuthenticationSamples.neverKept();
    }

    @ParameterizedTest
    @MethodSource("neverKept")
    void oneThatIsNotKeptIsRefusedWhenItIsStored(Authentication sample) {
        assertThat(NEVER_KEPT).containsKey(sample.getClass());
        assertThatThrownBy(() -> codec.encode(CONTEXT, new SecurityContextImpl(sample), null))
                .isInstanceOf(SessionException.NotStorable.class)
                .hasMessageContaining(sample.getClass().getName())
                .hasMessageContaining("reactive-session.json.allowed-types");
    }

    /** The page says of each whether it is kept. */
    @Test
    void thePageSaysOfEachWhatThisTestSays() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../docs/spring-security.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(kept().map(Object::getClass))
                .allSatisfy(type -> assertThat(rowOf(type, rows)).contains("| kept |"));
        assertThat(NEVER_KEPT.keySet())
                .allSatisfy(type -> assertThat(rowOf(type, rows)).contains("| refused |"));
    }

    private static String rowOf(Class<?> type, List<String> rows) {
        return rows.stream()
                .filter(row -> row.contains("`" + type.getSimpleName() + "`"))
                .findFirst()
                .orElse("no row");
    }
}
