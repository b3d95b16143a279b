package dev.reactivesession.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import reactor.core.publisher.Mono;

class SessionStoreHealthTest {

    private final ReactiveWebApplicationContextRunner application = new ReactiveWebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    WebFluxAutoConfiguration.class,
                    ReactiveSessionAutoConfiguration.class,
                    ReactiveSessionHealthAutoConfiguration.class));

    @Test
    void a_store_that_answers_is_up_and_says_where_it_is() {
        application.withPropertyValues("reactive-session.store=memory").run(context -> {
            Health health = health(context.getBean(ReactiveHealthIndicator.class));

            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsEntry("place", "the memory of this node");
        });
    }

    @Test
    void a_store_that_fails_is_down_with_the_cause_in_one_line() {
        Mono<SessionRecord> failing = Mono.error(
                new SessionException.Unavailable("no answer", new java.net.ConnectException("Connection refused")));
        application
                .withBean(SessionStore.class, () -> new FindingStore(failing))
                .run(context -> {
                    Health health = health(context.getBean(ReactiveHealthIndicator.class));

                    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
                    assertThat(health.getDetails())
                            .containsEntry("error", "no answer (ConnectException: Connection refused)");
                });
    }

    @Test
    void a_store_that_never_answers_is_down_within_the_bound_of_every_operation() {
        application
                .withBean(SessionStore.class, () -> new FindingStore(Mono.never()))
                .withPropertyValues("reactive-session.store-timeout=50ms")
                .run(context -> {
                    Health health = health(context.getBean(ReactiveHealthIndicator.class));

                    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
                    assertThat(health.getDetails().get("error")).asString().contains("store-timeout");
                });
    }

    @Test
    void it_can_be_switched_off_and_needs_no_actuator() {
        application
                .withPropertyValues("reactive-session.store=memory", "management.health.reactive-session.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(ReactiveHealthIndicator.class));
        application
                .withPropertyValues("reactive-session.store=memory")
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static Health health(ReactiveHealthIndicator indicator) {
        return Objects.requireNonNull(indicator.health().block(Duration.ofMinutes(1)));
    }

    private static final class FindingStore implements SessionStore {

        private final SessionStore rest = new InMemorySessionStore();

        private final Mono<SessionRecord> found;

        FindingStore(Mono<SessionRecord> found) {
            this.found = found;
        }

        @Override
        public Mono<SessionRecord> find(SessionId id) {
            return found;
        }

        @Override
        public Mono<Boolean> insert(SessionRecord record) {
            return rest.insert(record);
        }

        @Override
        public Mono<Boolean> update(SessionRecord record, long basedOn) {
            return rest.update(record, basedOn);
        }

        @Override
        public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
            return rest.touch(id, accessed, expires);
        }

        @Override
        public Mono<Boolean> delete(SessionId id) {
            return rest.delete(id);
        }
    }
}
