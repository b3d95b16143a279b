package dev.reactivesession.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionId;
import dev.reactivesession.Sessions;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.store.tiered.TieredEvent;
import dev.reactivesession.web.SessionAccess;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

class SessionMetersTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final TestObservationRegistry observations = TestObservationRegistry.create();

    private final ReactiveWebApplicationContextRunner application = new ReactiveWebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    WebFluxAutoConfiguration.class,
                    ReactiveSessionAutoConfiguration.class,
                    ReactiveSessionMetricsAutoConfiguration.class,
                    ReactiveSessionObservationAutoConfiguration.class))
            .withBean(MeterRegistry.class, () -> meters)
            .withBean(TestObservationRegistry.class, () -> observations)
            .withUserConfiguration(Pages.class)
            .withPropertyValues("reactive-session.store=memory", "reactive-session.sweep.enabled=false");

    @Configuration(proxyBeanMethods = false)
    static class Pages {

        @Bean
        RouterFunction<ServerResponse> pages() {
            return RouterFunctions.route()
                    .GET("/untouched", request -> ServerResponse.ok().build())
                    .GET(
                            "/count",
                            request -> SessionAccess.session(request)
                                    .doOnNext(session -> session.compute("count", Pages::next))
                                    .flatMap(session -> ServerResponse.ok().build()))
                    .GET(
                            "/rotate",
                            request -> SessionAccess.session(request)
                                    .doOnNext(Session::rotate)
                                    .flatMap(session -> ServerResponse.ok().build()))
                    .build();
        }

        private static Integer next(Integer count) {
            return count == null ? 1 : count + 1;
        }
    }

    @Test
    void every_store_operation_is_timed_with_its_outcome() {
        application.run(context -> {
            WebTestClient client = client(context);
            String cookie = visit(client, "/count", "none");
            visit(client, "/count", cookie);
            visit(client, "/untouched", cookie);

            assertThat(timed("insert", "saved")).isEqualTo(1);
            assertThat(timed("open", "opened")).isEqualTo(1);
            assertThat(timed("open", "rejected")).isEqualTo(1);
            assertThat(timed("update", "saved")).isEqualTo(1);
        });
    }

    @Test
    void events_are_counted_by_kind_and_refusals_by_reason() {
        application.run(context -> {
            WebTestClient client = client(context);
            String cookie = visit(client, "/count", "none");
            visit(client, "/rotate", cookie);
            visit(client, "/count", cookie);

            assertThat(counted("created")).isEqualTo(2);
            assertThat(counted("rotated")).isEqualTo(1);
            assertThat(counted("refused")).isEqualTo(2);
            assertThat(refused("malformed")).isEqualTo(1);
            assertThat(refused("forged")).isEqualTo(1);
        });
    }

    @Test
    void an_outage_is_an_outcome() {
        application.withBean(SessionStore.class, DeadStore::new).run(context -> {
            Sessions sessions = context.getBean(Sessions.class);

            sessions.find(new SessionId(1, 2)).onErrorComplete().block();

            assertThat(timed("find", "unavailable")).isEqualTo(1);
        });
    }

    @Test
    void sessions_that_a_full_memory_has_dropped_are_counted() {
        application.withPropertyValues("reactive-session.memory.max-sessions=2").run(context -> {
            WebTestClient client = client(context);
            assertThat(meters.get("reactive.session.memory.dropped")
                            .functionCounter()
                            .count())
                    .isZero();
            for (int visitor = 0; visitor < 5; visitor++) {
                visit(client, "/count", "none");
            }

            assertThat(meters.get("reactive.session.memory.dropped")
                            .functionCounter()
                            .count())
                    .isEqualTo(3);
        });
    }

    @Test
    void numbers_that_a_back_end_keeps_are_meters() {
        StoreCounter lost = new StoreCounter() {

            @Override
            public String name() {
                return "reactive.session.example.lost";
            }

            @Override
            public String description() {
                return "Lost ones";
            }

            @Override
            public long count() {
                return 7;
            }
        };

        application
                .withBean(StoreCounter.class, () -> lost)
                .run(context -> assertThat(meters.get("reactive.session.example.lost")
                                .functionCounter()
                                .count())
                        .isEqualTo(7));
    }

    @Test
    void a_sweep_is_timed_and_what_it_removed_is_counted() {
        application.run(context -> {
            context.getBean(Sessions.class).sweep().blockLast();

            assertThat(meters.get(SweepMeters.SWEEPS)
                            .tag("outcome", "completed")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.get(SweepMeters.REMOVED).counter().count()).isZero();
        });
    }

    @Test
    void what_caches_answer_is_counted_by_cache_event_and_reason() {
        application.run(context -> {
            List<TieredEventListener> listeners = List.copyOf(
                    context.getBeansOfType(TieredEventListener.class).values());
            SessionId id = new SessionId(1, 2);
            for (TieredEvent event : List.of(
                    new TieredEvent.Hit(id),
                    new TieredEvent.Hit(id),
                    new TieredEvent.Miss(id, TieredEvent.Reason.ABSENT),
                    new TieredEvent.CacheFailed(new IllegalStateException("gone")))) {
                listeners.forEach(listener -> listener.onEvent("redis", event));
            }
            listeners.forEach(listener -> listener.onEvent("memory", new TieredEvent.Hit(id)));

            assertThat(cached("redis", "hit", "none")).isEqualTo(2);
            assertThat(cached("redis", "miss", "absent")).isEqualTo(1);
            assertThat(cached("redis", "cache-failed", "none")).isEqualTo(1);
            assertThat(cached("memory", "hit", "none")).isEqualTo(1);
        });
    }

    private double cached(String cache, String event, String reason) {
        return meters.get(CacheMeters.EVENTS)
                .tags("cache", cache, "event", event, "reason", reason)
                .counter()
                .count();
    }

    @Test
    void no_tag_holds_an_id_or_a_name() {
        application.run(context -> {
            WebTestClient client = client(context);
            for (int visitor = 0; visitor < 20; visitor++) {
                visit(client, "/count", visit(client, "/count", "none"));
            }

            Set<String> values = meters.getMeters().stream()
                    .map(Meter::getId)
                    .filter(id -> id.getName().startsWith("reactive.session"))
                    .flatMap(id -> id.getTags().stream().map(Tag::getValue))
                    .collect(Collectors.toSet());
            assertThat(values).hasSizeLessThan(50).allMatch(value -> value.matches("[a-z-]+"));
        });
    }

    @Test
    void loading_and_committing_are_observed_where_the_session_is_used_and_nowhere_else() {
        application.run(context -> {
            WebTestClient client = client(context);
            visit(client, "/untouched", "none");
            TestObservationRegistryAssert.assertThat(observations)
                    .hasNumberOfObservationsWithNameEqualTo("reactive.session.load", 0)
                    .hasNumberOfObservationsWithNameEqualTo("reactive.session.commit", 0);

            visit(client, "/count", "none");

            TestObservationRegistryAssert.assertThat(observations)
                    .hasNumberOfObservationsWithNameEqualTo("reactive.session.load", 1)
                    .hasNumberOfObservationsWithNameEqualTo("reactive.session.commit", 1)
                    .hasObservationWithNameEqualTo("reactive.session.commit")
                    .that()
                    .hasBeenStarted()
                    .hasBeenStopped();
        });
    }

    private static WebTestClient client(ApplicationContext context) {
        return WebTestClient.bindToApplicationContext(context).build();
    }

    private static String visit(WebTestClient client, String path, String cookie) {
        var sent = client.get()
                .uri(path)
                .cookie("__Host-session", cookie)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(Void.class)
                .getResponseCookies()
                .getFirst("__Host-session");
        return sent == null ? cookie : sent.getValue();
    }

    private long timed(String operation, String outcome) {
        return meters.get(SessionMeters.OPERATIONS)
                .tags("operation", operation, "outcome", outcome)
                .timer()
                .count();
    }

    private double counted(String event) {
        return meters.get(SessionMeters.EVENTS).tag("event", event).counter().count();
    }

    private double refused(String reason) {
        return meters.get(SessionMeters.REFUSED).tag("reason", reason).counter().count();
    }

    private static final class DeadStore implements SessionStore {

        private final SessionStore never = new InMemorySessionStore();

        @Override
        public Mono<SessionRecord> find(SessionId id) {
            return Mono.error(new SessionException.Unavailable("the server is gone", null));
        }

        @Override
        public Mono<Boolean> insert(SessionRecord record) {
            return never.insert(record);
        }

        @Override
        public Mono<Boolean> update(SessionRecord record, long basedOn) {
            return never.update(record, basedOn);
        }

        @Override
        public Mono<Boolean> touch(SessionId id, Instant accessed, Instant expires) {
            return never.touch(id, accessed, expires);
        }

        @Override
        public Mono<Boolean> delete(SessionId id) {
            return never.delete(id);
        }
    }
}
