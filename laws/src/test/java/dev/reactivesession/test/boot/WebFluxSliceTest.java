package dev.reactivesession.test.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.reactive.server.FluxExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebSession;

/** A slice of an application whose own store is not there: sessions are kept in memory. */
@WebFluxTest(properties = "reactive-session.store=redis")
@ContextConfiguration(classes = WebFluxSliceTest.Application.class)
@Timeout(120)
class WebFluxSliceTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Counting.class)
    static class Application {}

    @RestController
    static class Counting {

        @GetMapping("/count")
        String count(Session session) {
            return String.valueOf(session.<Integer>compute("count", count -> count == null ? 1 : count + 1));
        }

        @GetMapping("/seen")
        String seen(WebSession session) {
            return String.valueOf(session.<Object>getAttribute("count"));
        }
    }

    @Test
    void a_controller_has_the_session_of_its_visitor(@Autowired WebTestClient client) {
        FluxExchangeResult<String> first = client.get().uri("/count").exchange().returnResult(String.class);
        String cookie = first.getResponseCookies().getFirst("__Host-session").getValue();

        assertThat(first.getResponseBody().blockFirst()).isEqualTo("1");
        client.get()
                .uri("/seen")
                .cookie("__Host-session", cookie)
                .exchange()
                .expectBody(String.class)
                .isEqualTo("1");
        client.get().uri("/seen").exchange().expectBody(String.class).isEqualTo("null");
    }
}
