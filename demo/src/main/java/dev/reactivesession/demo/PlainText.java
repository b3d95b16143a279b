package dev.reactivesession.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Answers that no browser takes for a page, whatever a visitor wrote into them. */
final class PlainText {

    private static final MediaType TYPE = new MediaType(MediaType.TEXT_PLAIN, UTF_8);

    private PlainText() {}

    static Mono<ServerResponse> ok(Object body) {
        return answer(HttpStatus.OK, body);
    }

    static Mono<ServerResponse> answer(HttpStatus status, @Nullable Object body) {
        return ServerResponse.status(status).contentType(TYPE).bodyValue(String.valueOf(body));
    }
}
