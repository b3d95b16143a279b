package dev.reactivesession.test.boot;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
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
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * An OpenID provider on this machine that knows one user, and lets her in without asking. Every login is a session of
 * its own.
 */
final class MockIssuer implements AutoCloseable {

    static final String CLIENT = "application";

    static final String SUBJECT = "carol";

    private final AtomicInteger logins = new AtomicInteger();

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
                        .get("/jwks", (request, response) -> json(response, Mono.just(new JWKSet(key).toString())))
                        .get(
                                "/.well-known/openid-configuration",
                                (request, response) -> json(response, Mono.just(metadata()))))
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
                provider + "issuer-uri", uri(),
                provider + "user-name-attribute", "sub");
    }

    private String metadata() {
        return """
                {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
                "jwks_uri":"%1$s/jwks","subject_types_supported":["public"],"response_types_supported":["code"],
                "id_token_signing_alg_values_supported":["RS256"]}""".formatted(uri());
    }

    /** The session of the provider that the last login began. */
    String lastSession() {
        return "login-" + logins.get();
    }

    /** The token that the provider sends to an application when a user has logged out there. */
    String logoutToken(Consumer<JWTClaimsSet.Builder> whose) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(uri())
                .audience(CLIENT)
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(120)))
                .jwtID(UUID.randomUUID().toString())
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        whose.accept(claims);
        return signed(new JOSEObjectType("logout+jwt"), claims.build());
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
        logins.incrementAndGet();
        return signed(
                JOSEObjectType.JWT,
                new JWTClaimsSet.Builder()
                        .issuer(uri())
                        .subject(SUBJECT)
                        .audience(CLIENT)
                        .claim("nonce", nonce)
                        .claim("sid", lastSession())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(300)))
                        .build());
    }

    private String signed(JOSEObjectType type, JWTClaimsSet claims) {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(type)
                        .keyID(key.getKeyID())
                        .build(),
                claims);
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
