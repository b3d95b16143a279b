package dev.reactivesession.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The token of those who look after the demo: they may purge, and call a crowd. */
@Component
final class PurgeToken {

    private static final String SCHEME = "Bearer ";

    private final byte[] token;

    PurgeToken(DemoProperties properties) {
        this.token = properties.purgeToken().getBytes(UTF_8);
    }

    boolean isMissingIn(ServerRequest request) {
        String header = Objects.requireNonNullElse(request.headers().firstHeader(HttpHeaders.AUTHORIZATION), "");
        return !header.startsWith(SCHEME)
                || !MessageDigest.isEqual(header.substring(SCHEME.length()).getBytes(UTF_8), token);
    }

    static Mono<ServerResponse> unauthorized(ServerRequest request) {
        return ServerResponse.status(HttpStatus.UNAUTHORIZED)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }
}
