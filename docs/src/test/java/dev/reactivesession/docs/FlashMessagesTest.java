package dev.reactivesession.docs;

import static dev.reactivesession.web.SessionAccess.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionWebFilter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.view.View;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The recipe for a notice on the page after a redirect. */
class FlashMessagesTest {

    private final SessionEngine engine =
            SessionEngine.over(new InMemorySessionStore()).build();

    private final CookieTransport transport = new CookieTransport(CookieSettings.forPlainHttp());

    Mono<ServerResponse> save(ServerRequest request) {
        return session(request).flatMap(session -> {
            session.flash("notice", "Your address was saved.");
            return ServerResponse.seeOther(URI.create("/account")).build();
        });
    }

    Mono<ServerResponse> account(ServerRequest request) {
        return session(request)
                .flatMap(session -> session.<String>takeFlash("notice").defaultIfEmpty(""))
                .flatMap(notice -> ServerResponse.ok().render("account", Map.of("notice", notice)));
    }

    /** Shows the notice, and nothing else. */
    private static final class Page implements View {

        @Override
        public Mono<Void> render(
                @Nullable Map<String, ?> model, @Nullable MediaType contentType, ServerWebExchange exchange) {
            byte[] text = ("[" + (model == null ? "" : model.get("notice")) + "]").getBytes(StandardCharsets.UTF_8);
            var response = exchange.getResponse();
            return response.writeWith(Mono.just(response.bufferFactory().wrap(text)));
        }
    }

    @Test
    void theNoticeIsOnThePageAfterTheRedirectAndGoneFromTheNext() {
        WebTestClient client = WebTestClient.bindToRouterFunction(RouterFunctions.route()
                        .POST("/account", this::save)
                        .GET("/account", this::account)
                        .build())
                .handlerStrategies(HandlerStrategies.builder()
                        .viewResolver((name, locale) -> Mono.just(new Page()))
                        .build())
                .webFilter(new SessionWebFilter(engine, transport))
                .configureClient()
                .responseTimeout(Duration.ofSeconds(30))
                .build();
        var saved = client.post()
                .uri("/account")
                .exchange()
                .expectStatus()
                .isSeeOther()
                .returnResult(String.class);
        ResponseCookie cookie =
                Objects.requireNonNull(saved.getResponseCookies().getFirst("session"));

        assertThat(page(client, cookie)).isEqualTo("[Your address was saved.]");
        assertThat(page(client, cookie)).isEqualTo("[]");
    }

    private static @Nullable String page(WebTestClient client, ResponseCookie cookie) {
        return client.get()
                .uri("/account")
                .cookie(cookie.getName(), cookie.getValue())
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }
}
