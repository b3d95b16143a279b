package dev.reactivesession.cookie.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.boot.ReactiveSessionAutoConfiguration;
import dev.reactivesession.boot.StoreCounter;
import dev.reactivesession.cookie.Revocations;
import dev.reactivesession.cookie.SealingKeys;
import dev.reactivesession.engine.SessionEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;

class CookieSessionAutoConfigurationTest {

    private final ReactiveWebApplicationContextRunner application = new ReactiveWebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    CookieSessionAutoConfiguration.class, ReactiveSessionAutoConfiguration.class));

    @Test
    void the_only_module_on_the_class_path_is_used() {
        application
                .withPropertyValues("reactive-session.sealed.keys=" + TestKeys.key())
                .run(context -> assertThat(context.getBean(SessionEngine.class).sweeper())
                        .isEmpty());
    }

    @Test
    void without_keys_the_failure_says_how_to_make_one() {
        application.run(context -> assertThat(context.getStartupFailure())
                .rootCause()
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("reactive-session.sealed.keys holds no key")
                .hasMessageContaining("openssl rand -base64 32"));
    }

    @Test
    void a_store_that_is_not_chosen_needs_no_keys() {
        application
                .withPropertyValues("reactive-session.store=memory")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void keys_come_from_a_file(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("keys"), TestKeys.key() + "\n");

        application
                .withPropertyValues("reactive-session.sealed.key-file=" + file)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void keys_from_two_places_are_refused(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("keys"), TestKeys.key() + "\n");

        application
                .withPropertyValues(
                        "reactive-session.sealed.key-file=" + file, "reactive-session.sealed.keys=" + TestKeys.key())
                .run(context ->
                        assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("only one can be"));
    }

    @Test
    void an_own_source_of_keys_wins() {
        application
                .withBean(SealingKeys.class, () -> SealingKeys.of(List.of(TestKeys.key())))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(SealingKeys.class));
    }

    @Test
    void revocation_names_the_store_that_remembers() {
        application
                .withPropertyValues(
                        "reactive-session.sealed.keys=" + TestKeys.key(), "reactive-session.sealed.revocation=memory")
                .run(context -> assertThat(context).hasSingleBean(Revocations.class));
        application
                .withPropertyValues(
                        "reactive-session.sealed.keys=" + TestKeys.key(), "reactive-session.sealed.revocation=redis")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("reactive-session.sealed.revocation"));
    }

    @Test
    void ends_that_are_not_remembered_are_counted() {
        application
                .withPropertyValues(
                        "reactive-session.sealed.keys=" + TestKeys.key(),
                        "reactive-session.sealed.revocation=memory",
                        "reactive-session.sealed.max-revocations=2")
                .run(context -> {
                    assertThat(context.getBean(StoreCounter.class).count()).isZero();
                    Revocations revocations = context.getBean(Revocations.class);

                    for (int session = 0; session < 5; session++) {
                        revocations.end(new SessionId(1, session), null).block();
                    }

                    assertThat(context.getBean(StoreCounter.class).name())
                            .isEqualTo("reactive.session.revocations.forgotten");
                    assertThat(context.getBean(StoreCounter.class).count()).isEqualTo(3);
                });
    }

    @Test
    void counting_makes_no_revocations_for_a_store_that_is_not_chosen() {
        application
                .withPropertyValues("reactive-session.store=memory", "reactive-session.sealed.revocation=redis")
                .run(context ->
                        assertThat(context.getBean(StoreCounter.class).count()).isZero());
    }

    @Test
    void no_key_shows_in_the_properties() {
        String key = TestKeys.key();
        application
                .withPropertyValues("reactive-session.sealed.keys=" + key)
                .run(context -> assertThat(
                                context.getBean(SealedProperties.class).toString())
                        .doesNotContain(key));
    }
}
