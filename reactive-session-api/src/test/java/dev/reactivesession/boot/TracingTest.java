package dev.reactivesession.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brave.Span.Kind;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import dev.reactivesession.web.SessionAccess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Where loading and committing a session stand in a trace that began elsewhere, with a real tracer and over real
 * HTTP.
 */
class TracingTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final Spans spans = new Spans(new CopyOnWriteArrayList<>());

    private ConfigurableApplicationContext application;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http) {
            return http.authorizeExchange(exchange -> exchange.anyExchange().permitAll())
                    .build();
        }

        @Bean
        RouterFunction<ServerResponse> pages() {
            return RouterFunctions.route()
                    .GET("/untouched", request -> ServerResponse.ok().build())
                    .GET(
                            "/count",
                            request -> SessionAccess.session(request)
                                    .doOnNext(session -> session.put("seen", true))
                                    .flatMap(session -> ServerResponse.ok().build()))
                    .build();
        }
    }

    static final class Spans extends SpanHandler {

        private final List<MutableSpan> ended;

        Spans(List<MutableSpan> ended) {
            this.ended = ended;
        }

        @Override
        public boolean end(TraceContext context, MutableSpan span, Cause cause) {
            return ended.add(span);
        }

        List<MutableSpan> ended() {
            return ended;
        }
    }

    private void start(String... more) {
        application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.REACTIVE)
                .initializers(context -> ((GenericApplicationContext) context).registerBean(Spans.class, () -> spans))
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "management.tracing.sampling.probability=1",
                        "reactive-session.store=memory",
                        "reactive-session.sweep.enabled=false")
                .properties(more)
                .run();
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void loading_and_committing_are_children_of_the_request_in_the_trace_of_the_caller() throws Exception {
        start("management.observations.enable.spring.security=false");

        visit("/count");

        MutableSpan request = server();
        assertThat(request.traceId()).isEqualTo(TRACE);
        assertThat(List.of(named("session load"), named("session commit"))).allSatisfy(span -> {
            assertThat(span.traceId()).isEqualTo(TRACE);
            assertThat(span.parentId()).isEqualTo(request.id());
            assertThat(span.error()).isNull();
        });
    }

    @Test
    void behind_what_security_observes_they_are_within_the_request_all_the_same() throws Exception {
        start();

        visit("/count");

        MutableSpan request = server();
        assertThat(ancestors(named("session load"))).contains(request.id());
        assertThat(ancestors(named("session commit"))).contains(request.id());
    }

    private List<String> ancestors(MutableSpan span) {
        return Stream.iterate(span, Objects::nonNull, this::parent)
                .map(MutableSpan::parentId)
                .toList();
    }

    private MutableSpan parent(MutableSpan span) {
        return spans.ended().stream()
                .filter(other -> other.id().equals(span.parentId()))
                .findFirst()
                .orElse(null);
    }

    @Test
    void a_request_that_leaves_its_session_alone_has_no_span_of_it() throws Exception {
        start();

        visit("/untouched");

        assertThat(server().traceId()).isEqualTo(TRACE);
        assertThat(spans.ended()).noneMatch(span -> span.name().startsWith("session"));
    }

    @Test
    void no_span_carries_a_token() throws Exception {
        start();

        String token = visit("/count").replaceAll("^[^=]*=([^;]*);.*", "$1");

        assertThat(token).hasSize(64);
        server();
        assertThat(spans.ended()).isNotEmpty().noneMatch(span -> span.toString().contains(token.substring(0, 20)));
    }

    private String visit(String path) throws IOException, InterruptedException {
        String port = application.getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                .timeout(Duration.ofSeconds(20))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .headers()
                .firstValue("Set-Cookie")
                .orElse("");
    }

    /** It ends after the response has gone. */
    private MutableSpan server() {
        Predicate<MutableSpan> serves = span -> span.kind() == Kind.SERVER;
        await().atMost(Duration.ofSeconds(20))
                .until(() -> spans.ended().stream().anyMatch(serves));
        return spans.ended().stream().filter(serves).findFirst().orElseThrow();
    }

    private MutableSpan named(String name) {
        return spans.ended().stream()
                .filter(span -> name.equals(span.name()))
                .findFirst()
                .orElseThrow();
    }
}
