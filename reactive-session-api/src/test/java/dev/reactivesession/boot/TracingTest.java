package dev.reactivesession.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reactivesession.web.SessionAccess;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
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

    private record Spans(List<SpanData> ended) implements SpanProcessor {

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            ended.add(span.toSpanData());
        }

        @Override
        public boolean isEndRequired() {
            return true;
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

        SpanData request = server();
        assertThat(request.getTraceId()).isEqualTo(TRACE);
        assertThat(List.of(named("session load"), named("session commit"))).allSatisfy(span -> {
            assertThat(span.getTraceId()).isEqualTo(TRACE);
            assertThat(span.getParentSpanId()).isEqualTo(request.getSpanId());
            assertThat(span.getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
        });
    }

    @Test
    void behind_what_security_observes_they_are_within_the_request_all_the_same() throws Exception {
        start();

        visit("/count");

        SpanData request = server();
        assertThat(ancestors(named("session load"))).contains(request.getSpanId());
        assertThat(ancestors(named("session commit"))).contains(request.getSpanId());
    }

    private List<String> ancestors(SpanData span) {
        return Stream.iterate(span, Objects::nonNull, this::parent)
                .map(SpanData::getParentSpanId)
                .toList();
    }

    private SpanData parent(SpanData span) {
        return spans.ended().stream()
                .filter(other -> other.getSpanId().equals(span.getParentSpanId()))
                .findFirst()
                .orElse(null);
    }

    @Test
    void a_request_that_leaves_its_session_alone_has_no_span_of_it() throws Exception {
        start();

        visit("/untouched");

        assertThat(server().getTraceId()).isEqualTo(TRACE);
        assertThat(spans.ended()).noneMatch(span -> span.getName().startsWith("session"));
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
    private SpanData server() {
        Predicate<SpanData> serves = span -> span.getKind() == SpanKind.SERVER;
        await().atMost(Duration.ofSeconds(20))
                .until(() -> spans.ended().stream().anyMatch(serves));
        return spans.ended().stream().filter(serves).findFirst().orElseThrow();
    }

    private SpanData named(String name) {
        return spans.ended().stream()
                .filter(span -> name.equals(span.getName()))
                .findFirst()
                .orElseThrow();
    }
}
