package dev.reactivesession.cookie;

import static dev.reactivesession.web.SessionAccess.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionWebFilter;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A session of several cookies behind a real nginx: with its defaults, and with the directives of README.md. */
@Tag("large")
@EnabledIf(value = "isInstalled", disabledReason = "there is no nginx")
class BehindNginxTest {

    private static final Path NGINX = Path.of("/usr/sbin/nginx");

    private final CookieSettings cookies = CookieSettings.forPlainHttp().withChunks(5);

    private DisposableServer application;

    private Process nginx;

    @TempDir
    private Path directory;

    static boolean isInstalled() {
        return Files.isExecutable(NGINX);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (nginx != null) {
            nginx.destroy();
            nginx.waitFor(30, TimeUnit.SECONDS);
        }
        application.disposeNow();
    }

    @Test
    void withTheDefaultsOfNginxTheVisitorLosesTheWrite() throws Exception {
        WebTestClient visitor = visitorOf(start(""));

        put(visitor, 5600).expectStatus().isEqualTo(502);
    }

    @Test
    void withTheDirectivesOfTheReadmeTheSessionComesBack() throws Exception {
        WebTestClient visitor = visitorOf(start(directives()));

        List<String> sent = put(visitor, 5600)
                .expectStatus()
                .isOk()
                .returnResult(String.class)
                .getResponseHeaders()
                .getOrEmpty("Set-Cookie");

        assertThat(sent).hasSize(2);
        visitor.get()
                .uri("/size")
                .header(
                        "Cookie",
                        String.join(
                                "; ",
                                sent.stream()
                                        .map(cookie -> cookie.split(";")[0])
                                        .toList()))
                .exchange()
                .expectBody(String.class)
                .isEqualTo("5600");
    }

    private static WebTestClient.ResponseSpec put(WebTestClient visitor, int size) {
        return visitor.post().uri("/put?size=" + size).exchange();
    }

    private static String directives() throws IOException {
        String page = Files.readString(Path.of("../docs/store-cookie.md"));
        int from = page.indexOf("```text\nproxy_buffer_size") + "```text\n".length();
        return page.substring(from, page.indexOf("```", from));
    }

    private static WebTestClient visitorOf(int port) {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofMinutes(1))
                .build();
    }

    private int start(String directives) throws IOException, InterruptedException {
        startApplication();
        int port = freePort();
        Path configuration = Files.writeString(
                directory.resolve("nginx.conf"), """
                daemon off;
                pid %1$s/pid;
                error_log %1$s/error.log;
                events {}
                http {
                  access_log off;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  server {
                    listen 127.0.0.1:%2$d;
                    %3$s
                    location / { proxy_pass http://127.0.0.1:%4$d; }
                  }
                }
                """.formatted(directory, port, directives, application.port()));
        nginx = new ProcessBuilder(NGINX.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        awaitAnswer(port);
        return port;
    }

    private void awaitAnswer(int port) {
        visitorOf(port)
                .mutate()
                .filter((request, next) -> next.exchange(request)
                        .retryWhen(reactor.util.retry.Retry.backoff(30, Duration.ofMillis(50))
                                .maxBackoff(Duration.ofSeconds(1))))
                .build()
                .get()
                .uri("/size")
                .exchange()
                .expectStatus()
                .isOk();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void startApplication() {
        SealedSessionSettings settings = SealedSessionSettings.defaults()
                .withCookieName(cookies.name())
                .withLongestToken(cookies.longestToken());
        SessionEngine engine = SessionEngine.sealing(
                        new SealedSessionVault(Samples.keys(1), settings, Samples.LIMITS, Samples.RANDOM))
                .limits(Samples.LIMITS)
                .clock(Clock.systemUTC())
                .build();
        application = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .httpRequestDecoder(decoder -> decoder.maxHeaderSize(16 * 1024))
                .handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(RouterFunctions.toWebHandler(
                                RouterFunctions.route()
                                        .POST(
                                                "/put",
                                                request -> session(request)
                                                        .doOnNext(session -> session.put(
                                                                "text",
                                                                "x"
                                                                        .repeat(Integer.parseInt(
                                                                                request.queryParam("size")
                                                                                        .orElseThrow()))))
                                                        .flatMap(session -> ServerResponse.ok()
                                                                .build()))
                                        .GET(
                                                "/size",
                                                request -> session(request)
                                                        .flatMap(session -> ServerResponse.ok()
                                                                .bodyValue(
                                                                        String.valueOf(session.getOrDefault("text", "")
                                                                                .length()))))
                                        .build()))
                        .filter(new SessionWebFilter(engine, new CookieTransport(cookies)))
                        .build()))
                .bindNow();
    }
}
