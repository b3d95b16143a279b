package dev.reactivesession.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.SessionEvent;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.SessionCodec;
import dev.reactivesession.codec.json.JsonSessionCodec;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.web.HeaderTransport;
import dev.reactivesession.web.SessionAccess;
import dev.reactivesession.web.SessionTransport;
import java.lang.reflect.Type;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** A bean of the application in place of a part: a request shows that it is the one in use. */
class ReplacedPartsTest {

    private final List<SessionEvent.Created> created = new CopyOnWriteArrayList<>();

    private final InMemorySessionStore store = new InMemorySessionStore();

    private final ReactiveWebApplicationContextRunner application = new ReactiveWebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    WebFluxAutoConfiguration.class,
                    ReactiveSessionAutoConfiguration.class,
                    ReactiveSessionLogAutoConfiguration.class))
            .withUserConfiguration(Pages.class)
            .withBean(SessionStore.class, () -> store)
            .withBean(SessionEventListener.class, () -> this::remember);

    private void remember(SessionEvent event) {
        if (event instanceof SessionEvent.Created first) {
            created.add(first);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Pages {

        @Bean
        RouterFunction<ServerResponse> pages() {
            return RouterFunctions.route()
                    .GET(
                            "/put",
                            request -> SessionAccess.session(request)
                                    .doOnNext(session -> session.put("name", "value"))
                                    .flatMap(session -> ServerResponse.ok().build()))
                    .build();
        }
    }

    @Test
    void a_session_store_keeps_the_sessions() {
        application.run(context -> {
            visit(context);

            assertThat(stored().id()).isEqualTo(created.get(0).id());
        });
    }

    @Test
    void a_session_transport_carries_the_token() {
        application
                .withBean(SessionTransport.class, () -> new HeaderTransport("X-Mine"))
                .run(context -> {
                    HttpHeaders headers = visit(context);

                    assertThat(headers.getFirst("X-Mine")).hasSize(64);
                    assertThat(headers.getFirst(HttpHeaders.SET_COOKIE)).isNull();
                });
    }

    @Test
    void a_clock_says_what_time_it_is() {
        Instant then = Instant.parse("2031-02-03T04:05:06Z");
        application
                .withBean(Clock.class, () -> Clock.fixed(then, ZoneOffset.UTC))
                .run(context -> {
                    visit(context);

                    assertThat(created).extracting(SessionEvent.Created::at).containsExactly(then);
                    assertThat(stored().createdAt()).isEqualTo(then);
                });
    }

    @Test
    void a_session_codec_writes_the_stored_form() {
        NotingCodec codec = new NotingCodec();
        application.withBean(SessionCodec.class, () -> codec).run(context -> {
            visit(context);

            assertThat(codec.encoded).contains("name");
        });
    }

    private SessionRecord stored() {
        return Objects.requireNonNull(store.find(created.get(0).id()).block());
    }

    private static HttpHeaders visit(ApplicationContext context) {
        return WebTestClient.bindToApplicationContext(context)
                .build()
                .get()
                .uri("/put")
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(Void.class)
                .getResponseHeaders();
    }

    private static final class NotingCodec implements SessionCodec {

        private final SessionCodec json = new JsonSessionCodec();

        private final List<String> encoded = new CopyOnWriteArrayList<>();

        @Override
        public Map<String, EncodedValue> split(byte[] payload) {
            return json.split(payload);
        }

        @Override
        public byte[] join(Map<String, EncodedValue> attributes) {
            return json.join(attributes);
        }

        @Override
        public EncodedValue encode(String name, Object value, @Nullable Type declared) {
            encoded.add(name);
            return json.encode(name, value, declared);
        }

        @Override
        public Object decode(String name, EncodedValue value, @Nullable Type declared) {
            return json.decode(name, value, declared);
        }
    }
}
