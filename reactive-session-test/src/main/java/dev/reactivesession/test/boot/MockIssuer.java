package dev.reactivesession.test.boot;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** An OpenID provider on this machine that knows one user, and lets her in without asking. */
final class MockIssuer implements AutoCloseable {

    static final String CLIENT = "application";

    private final RSAKey key;

    private final DisposableServer server;

    private volatile @Nullable String nonce;

    MockIssuer() throws JOSEException {
        key = new RSAKeyGenerator(2048).keyID("test").generate();
        server = HttpServer.create()
                .host("localhost")
                .port(0)
                .route(routes -> routes.get("/authorize", this::authorize)
                        .post("/token", (request, response) -> json(response, signedTokens()))
                        .get("/jwks", (request, response) -> json(response, Mono.just(new JWKSet(key).toString()))))
                .bindNow();
    }

    String uri() {
        return "http://localhost:" + server.port();
    }

    Map<String, Object> clientSettings() {
        String registration = "spring.security.oauth2.client.registration.mock.";
        String provider = "spring.security.oauth2.client.provider.mock.";
        return Map.of(
                registration + "client-id", CLIENT,
                registration + "client-secret", "not so secret",
                registration + "authorization-grant-type", "authorization_code",
                registration + "redirect-uri", "{baseUrl}/login/oauth2/code/{registrationId}",
                registration + "scope", "openid",
                provider + "authorization-uri", uri() + "/authorize",
                provider + "token-uri", uri() + "/token",
                provider + "jwk-set-uri", uri() + "/jwks",
                provider + "user-name-attribute", "sub");
    }

    private Mono<Void> authorize(HttpServerRequest request, HttpServerResponse response) {
        QueryStringDecoder query = new QueryStringDecoder(request.uri());
        nonce = parameter(query, "nonce");
        String back = parameter(query, "redirect_uri") + "?code=once&state="
                + URLEncoder.encode(parameter(query, "state"), StandardCharsets.UTF_8);
        return response.sendRedirect(back);
    }

    private static String parameter(QueryStringDecoder query, String name) {
        return Objects.requireNonNull(query.parameters().get(name), name).get(0);
    }

    private String tokens() {
        return "{\"access_token\":\"opaque\",\"token_type\":\"Bearer\",\"expires_in\":300,\"scope\":\"openid\","
                + "\"id_token\":\"" + idToken() + "\"}";
    }

    private String idToken() {
        Instant now = Instant.now();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer(uri())
                        .subject("carol")
                        .audience(CLIENT)
                        .claim("nonce", nonce)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(300)))
                        .build());
        try {
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException error) {
            throw new IllegalStateException("an RSA key can sign", error);
        }
    }

    /** Signing draws from the platform's random device, which blocks. */
    private Mono<String> signedTokens() {
        return Mono.fromCallable(this::tokens).subscribeOn(Schedulers.boundedElastic());
    }

    private static Mono<Void> json(HttpServerResponse response, Mono<String> body) {
        return response.header("Content-Type", "application/json")
                .sendString(body)
                .then();
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
