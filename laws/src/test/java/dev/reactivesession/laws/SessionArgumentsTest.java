package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.web.SessionAccess;
import dev.reactivesession.web.SessionArgumentResolver;
import dev.reactivesession.web.SessionWebFilter;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

@DisplayName("Sessions as arguments of controllers")
class SessionArgumentsTest {

    private final SessionArgumentResolver resolver =
            new SessionArgumentResolver(ReactiveAdapterRegistry.getSharedInstance());

    private static MethodParameter parameter(String method) {
        Method found = Arrays.stream(Handlers.class.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(method))
                .findFirst()
                .orElseThrow();
        return new MethodParameter(found, 0);
    }

    @ParameterizedTest
    @CsvSource({"plain, true", "mono, true", "flux, true", "future, true", "text, false", "monoOfText, false"})
    @DisplayName("A session and what holds sessions is resolved, and nothing else")
    void whatIsResolved(String method, boolean resolved) {
        assertThat(resolver.supportsParameter(parameter(method))).isEqualTo(resolved);
    }

    @Test
    @DisplayName("Without the filter a session is a typed error that says what is missing")
    void withoutTheFilter() {
        MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));

        StepVerifier.create(SessionAccess.session(exchange))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(SessionException.Misconfigured.class)
                        .hasMessageContaining("SessionWebFilter"))
                .verify();
    }

    @Test
    @DisplayName("The filter stands after what only watches, and before everything that may ask for a session")
    void orderOfTheFilter() {
        SessionWebFilter filter = new Application().filter();

        assertThat(filter.getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE + 100);
        assertThat(filter).hasToString("SessionWebFilter");
    }

    @SuppressWarnings("unused")
    private interface Handlers {

        void plain(Session session);

        void mono(Mono<Session> session);

        void flux(Flux<Session> session);

        void future(CompletableFuture<Session> session);

        void text(String text);

        void monoOfText(Mono<String> text);
    }
}
