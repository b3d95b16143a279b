package dev.reactivesession.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.security.SecurityRuntimeHints;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;
import org.springframework.security.core.context.SecurityContextImpl;

class NativeImageTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Test
    void an_application_is_processed_ahead_of_time_and_keeps_what_no_code_names() {
        InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
        DefaultGenerationContext generation =
                new DefaultGenerationContext(new ClassNameGenerator(ClassName.get(Application.class)), files);
        AnnotationConfigReactiveWebServerApplicationContext context =
                new AnnotationConfigReactiveWebServerApplicationContext();
        context.register(Application.class);

        new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        generation.writeGeneratedContent();

        assertThat(files.getGeneratedFiles(GeneratedFiles.Kind.SOURCE).keySet())
                .anyMatch(name -> name.contains("ReactiveSessionAutoConfiguration__BeanDefinitions"))
                .anyMatch(name -> name.contains("ReactiveSessionSecurityAutoConfiguration__BeanDefinitions"));
        RuntimeHints hints = generation.getRuntimeHints();
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(TimeoutOrNone.class, "of"))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onType(SessionProperties.Cookie.class))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onType(SecurityContextImpl.class))
                .accepts(hints);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.springframework.security.core.userdetails.User",
                "org.springframework.security.jackson.UserMixin",
                "org.springframework.security.jackson.UserDeserializer",
                "org.springframework.security.jackson.CoreJacksonModule",
                "org.springframework.security.web.server.csrf.DefaultCsrfToken",
                "org.springframework.security.web.server.jackson.WebServerJacksonModule",
                "org.springframework.security.oauth2.client.jackson.OAuth2AuthorizationRequestMixin",
                "org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser"
            })
    void what_security_keeps_in_a_session_can_be_written_and_read(String type) {
        RuntimeHints hints = new RuntimeHints();
        new SecurityRuntimeHints().registerHints(hints, getClass().getClassLoader());

        List<MemberCategory> needed = List.of(
                MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
                MemberCategory.INVOKE_DECLARED_METHODS,
                MemberCategory.ACCESS_DECLARED_FIELDS);
        assertThat(needed)
                .allMatch(category -> RuntimeHintsPredicates.reflection()
                        .onType(TypeReference.of(type))
                        .withMemberCategory(category)
                        .test(hints));
    }
}
