package dev.reactivesession.test.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.boot.ReactiveSessionAutoConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;

/** An application that shuts down gracefully waits for its streams, unless they end with it. */
@Timeout(120)
class StreamsAtShutdownTest {

    private static final String OPENED = "opened";

    private static final long PATIENCE = 60;

    /** A stream for everybody. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        LifecycleAutoConfiguration.class,
        ReactiveSessionAutoConfiguration.class,
        WebFluxAutoConfiguration.class,
        HttpHandlerAutoConfiguration.class,
        NettyReactiveWebServerAutoConfiguration.class
    })
    @RestController
    static class Streaming {

        @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<String> stream(Session session) {
            session.start();
            return Flux.just(OPENED).concatWith(Flux.never()).takeUntilOther(session.ended());
        }
    }

    @Test
    void a_stream_that_waits_for_the_end_of_its_session_ends_with_the_application() {
        ConfigurableApplicationContext application = new SpringApplicationBuilder(Streaming.class)
                .web(WebApplicationType.REACTIVE)
                .run(
                        "--server.port=0",
                        "--server.shutdown=graceful",
                        "--spring.lifecycle.timeout-per-shutdown-phase=10m",
                        "--reactive-session.store=memory",
                        "--reactive-session.ended.with-shutdown=true");
        CompletableFuture<String> opened = new CompletableFuture<>();
        CompletableFuture<List<String>> stream =
                open(application).doOnNext(opened::complete).collectList().toFuture();
        assertThat(opened.orTimeout(PATIENCE, TimeUnit.SECONDS).join()).isEqualTo(OPENED);

        CompletableFuture<Void> closed = CompletableFuture.runAsync(application::close);

        assertThat(stream.orTimeout(PATIENCE, TimeUnit.SECONDS).join()).containsExactly(OPENED);
        assertThat(closed.orTimeout(PATIENCE, TimeUnit.SECONDS)).succeedsWithin(Duration.ofSeconds(PATIENCE));
    }

    private static Flux<String> open(ConfigurableApplicationContext application) {
        String port = application.getEnvironment().getRequiredProperty("local.server.port");
        return WebClient.create("http://localhost:" + port)
                .get()
                .uri("/stream")
                .accept(MediaType.TEXT_EVENT_STREAM)
                .retrieve()
                .bodyToFlux(String.class);
    }
}
