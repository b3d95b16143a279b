package dev.reactivesession.cookie;

import static dev.reactivesession.web.SessionAccess.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.web.reactive.function.server.RequestPredicates.GET;
import static org.springframework.web.reactive.function.server.RequestPredicates.POST;

import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.codec.json.JsonSessionCodec;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.InMemorySessionStore;
import dev.reactivesession.test.ControllableClock;
import dev.reactivesession.test.StoreOperation;
import dev.reactivesession.test.StoreProbe;
import dev.reactivesession.test.web.Visitor;
import dev.reactivesession.test.web.Visitors;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionWebFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A running application whose sessions live in the cookie. */
class SealedApplicationTest {

    private final ControllableClock clock = ControllableClock.at(Samples.NOW);

    private final AtomicReference<SealingKeyRing> ring = new AtomicReference<>(ringOf(1));

    private final List<Throwable> errors = new ArrayList<>();

    private final List<DisposableServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(DisposableServer::disposeNow);
    }

    @Test
    void rotationWithThreeKeysLosesNoSessionAndARemovedKeyEndsOnlyItsOwn() {
        Application application = start(CookieSettings.forPlainHttp());
        List<Visitor> regulars = visitors(application, 20);
        List<Visitor> neverBack = visitors(application, 5);

        ring.set(ringOf(1, 2));
        regulars.forEach(visitor -> assertThat(read(application, visitor)).isEqualTo("1"));
        ring.set(ringOf(2, 1));
        regulars.forEach(visitor -> assertThat(sealsAgain(application, visitor)).isFalse());
        clock.advance(Duration.ofMinutes(1));
        regulars.forEach(visitor -> assertThat(sealsAgain(application, visitor)).isTrue());
        regulars.forEach(visitor -> assertThat(sealsAgain(application, visitor)).isFalse());
        ring.set(ringOf(2, 1, 3));
        List<Visitor> underTheSecond = visitors(application, 5);
        ring.set(ringOf(3, 2, 1));
        regulars.forEach(visitor -> hit(application, visitor));
        ring.set(ringOf(3));
        regulars.forEach(visitor -> assertThat(read(application, visitor)).isEqualTo("2"));
        ring.set(ringOf(3, 2));

        underTheSecond.forEach(visitor -> assertThat(read(application, visitor)).isEqualTo("1"));
        neverBack.forEach(visitor -> assertThat(read(application, visitor)).isEqualTo("nothing"));
    }

    @Test
    void e8NoHostileCookieTakesAnotherVisiblePath() {
        Application application = start(CookieSettings.forPlainHttp());
        String genuine = cookieOf(application.client.post().uri("/hit").exchange());
        List<String> hostile = List.of(
                "x",
                genuine.substring(1),
                genuine.substring(0, genuine.length() - 2),
                genuine + "AAAA",
                "B" + genuine.substring(1),
                "AQ" + "A".repeat(300),
                flipped(genuine, 20),
                flipped(genuine, 70),
                flipped(genuine, genuine.length() - 5),
                Samples.insert(Samples.vault(Samples.SETTINGS.withCookieName("other"), 1), Samples.record())
                        .value(),
                Samples.insert(Samples.vault(Samples.SETTINGS.withCookieName("session"), 9), Samples.record())
                        .value());

        Set<String> seen = new HashSet<>();
        hostile.forEach(value -> seen.add(visible(application
                .client
                .get()
                .uri("/read")
                .cookie("session", value)
                .exchange()
                .expectBody(String.class)
                .returnResult())));
        seen.add(visible(application
                .client
                .get()
                .uri("/read")
                .exchange()
                .expectBody(String.class)
                .returnResult()));

        assertThat(seen).hasSize(1);
        assertThat(seen.iterator().next())
                .startsWith("200 OK")
                .contains("nothing")
                .doesNotContain("Set-Cookie");
    }

    @Test
    void aGenuineCookieWhoseSessionIsOverIsRemoved() {
        Application application = start(
                CookieSettings.forPlainHttp(), new Revocations(new InMemorySessionStore(), Samples.LIMITS, clock));
        String expired = cookieOf(application.client.post().uri("/hit").exchange());
        clock.advance(Duration.ofMinutes(30));
        String ended = cookieOf(application.client.post().uri("/hit").exchange());
        post(application, "/logout", ended);

        assertThat(removals(application, expired)).hasSize(1);
        assertThat(removals(application, ended)).hasSize(1);
    }

    @Test
    void aCookieThatWasReplacedIsNotRemovedBecauseTheVisitorMayHoldTheNextOne() {
        Application application = start(
                CookieSettings.forPlainHttp(), new Revocations(new InMemorySessionStore(), Samples.LIMITS, clock));
        String replaced = cookieOf(application.client.post().uri("/hit").exchange());
        post(application, "/login", replaced);

        assertThat(removals(application, replaced)).isEmpty();
    }

    private static void post(Application application, String path, String cookie) {
        application
                .client
                .post()
                .uri(path)
                .cookie("session", cookie)
                .exchange()
                .expectStatus()
                .isOk();
    }

    private static List<String> removals(Application application, String cookie) {
        return cookies(application
                        .client
                        .get()
                        .uri("/read")
                        .cookie("session", cookie)
                        .exchange())
                .stream()
                .filter(header -> header.contains("Max-Age=0"))
                .toList();
    }

    @Test
    void e13ReadingSendsNoCookieUntilATouchIsDue() {
        Application application = start(CookieSettings.forPlainHttp());
        Visitor visitor = visitors(application, 1).get(0);

        assertThat(sealsAgain(application, visitor)).isFalse();
        clock.advance(Duration.ofMinutes(1));
        assertThat(sealsAgain(application, visitor)).isTrue();
        assertThat(sealsAgain(application, visitor)).isFalse();
    }

    @Test
    void e13e19AReadThatAnswersLastUndoesNoWriteWhileAKeyIsBeingReplaced() {
        Application application = start(CookieSettings.forPlainHttp());
        Visitor visitor = visitors(application, 1).get(0);
        ring.set(ringOf(2, 1));
        WebTestClient reader = visitor.in(application.client);

        hit(application, visitor);
        reader.get()
                .uri("/read")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .doesNotExist(HttpHeaders.SET_COOKIE);

        assertThat(read(application, visitor)).isEqualTo("2");
    }

    @Test
    void e7ActivityDoesNotExtendASessionBeyondItsAbsoluteDeadline() {
        Application application = start(CookieSettings.forPlainHttp());
        Visitor visitor = visitors(application, 1).get(0);

        for (int minutes = 20; minutes < 12 * 60; minutes += 20) {
            clock.advance(Duration.ofMinutes(20));
            assertThat(read(application, visitor)).isEqualTo("1");
        }
        clock.advance(Duration.ofMinutes(20));

        assertThat(read(application, visitor)).isEqualTo("nothing");
    }

    @Test
    void e11ATooLargeSessionIsATypedErrorBeforeCommitNamingTheLargestAttributes() {
        Application application = start(CookieSettings.forPlainHttp());
        Visitor visitor = visitors(application, 1).get(0);

        visitor.in(application.client)
                .post()
                .uri("/put?name=picture&size=4000")
                .exchange()
                .expectStatus()
                .is5xxServerError()
                .expectHeader()
                .doesNotExist(HttpHeaders.SET_COOKIE);

        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error).hasCauseInstanceOf(SessionException.TooLarge.class));
        assertThat(errors.get(0).getCause())
                .hasMessageContaining("'picture' 4002 bytes")
                .hasMessageContaining("'hits'")
                .hasMessageContaining("4089")
                .hasMessageContaining("reactive-session.sealed.chunks");
        assertThat(read(application, visitor)).isEqualTo("1");
    }

    @Test
    void e11AnOptionSpreadsOneSessionOverSeveralCookiesAndRemovesTheStaleOnes() {
        Application application = start(CookieSettings.forPlainHttp().withChunks(5));
        Visitor visitor = visitors(application, 1).get(0);

        List<String> large = cookies(visitor.in(application.client)
                .post()
                .uri("/put?name=picture&size=5000")
                .exchange());
        assertThat(read(application, visitor)).isEqualTo("1");
        List<String> small = cookies(visitor.in(application.client)
                .post()
                .uri("/put?name=picture&size=1")
                .exchange());

        assertThat(large).hasSize(2).allMatch(cookie -> !cookie.contains("Max-Age=0"));
        assertThat(large.stream().mapToInt(String::length).sum()).isLessThan(8192);
        assertThat(small)
                .hasSize(2)
                .filteredOn(cookie -> cookie.contains("Max-Age=0"))
                .hasSize(1);
        assertThat(read(application, visitor)).isEqualTo("1");
    }

    @Test
    void e12WithRevocationOldCookiesAreDeadAfterLoginAndLogout() {
        StoreProbe probe = StoreProbe.around(new InMemorySessionStore());
        Application application =
                start(CookieSettings.forPlainHttp(), new Revocations(probe.store(), Samples.LIMITS, clock));
        Visitor visitor = visitors(application, 1).get(0);
        probe.assertCalls(StoreOperation.FIND, StoreOperation.INSERT);
        probe.forget();
        visitors(application, 3);
        probe.assertNoCalls();

        assertThat(read(application, visitor)).isEqualTo("1");
        probe.assertCalls(StoreOperation.FIND, StoreOperation.FIND);
        visitor.in(application.client)
                .post()
                .uri("/login")
                .exchange()
                .expectStatus()
                .isOk();
        visitor.assertOlderTokensAreDead();
        assertThat(read(application, visitor)).isEqualTo("1");
        visitor.in(application.client)
                .post()
                .uri("/logout")
                .exchange()
                .expectStatus()
                .isOk();

        visitor.assertNoSession();
    }

    private record Application(WebTestClient client, Visitors visitors) {}

    private Application start(CookieSettings cookies) {
        return start(cookies, null);
    }

    private Application start(CookieSettings cookies, Revocations revocations) {
        SealedSessionSettings settings = SealedSessionSettings.defaults()
                .withCookieName(cookies.name())
                .withLongestToken(cookies.longestToken());
        SealedSessionVault vault = revocations == null
                ? new SealedSessionVault(ring::get, settings, Samples.LIMITS, Samples.RANDOM)
                : new SealedSessionVault(ring::get, settings, Samples.LIMITS, Samples.RANDOM, revocations);
        SessionEngine engine = SessionEngine.sealing(vault)
                .limits(Samples.LIMITS)
                .codec(new JsonSessionCodec())
                .clock(clock)
                .build();
        CookieTransport transport = new CookieTransport(cookies);
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(RouterFunctions.toWebHandler(
                                RouterFunctions.route(GET("/read"), this::read)
                                        .andRoute(POST("/hit"), this::hit)
                                        .andRoute(POST("/put"), this::put)
                                        .andRoute(POST("/login"), request -> change(request, s -> s.login("alice")))
                                        .andRoute(POST("/logout"), request -> change(request, Session::invalidate))))
                        .filter(new SessionWebFilter(engine, transport))
                        .exceptionHandler(remembering())
                        .build()))
                .bindNow();
        servers.add(server);
        WebTestClient client = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + server.port())
                .responseTimeout(Duration.ofSeconds(20))
                .build();
        return new Application(client, Visitors.of(engine, transport));
    }

    private WebExceptionHandler remembering() {
        return (exchange, error) -> {
            errors.add(error);
            return Mono.error(error);
        };
    }

    private Mono<ServerResponse> read(ServerRequest request) {
        return session(request)
                .flatMap(session -> ServerResponse.ok()
                        .bodyValue(String.valueOf(session.getOrDefault("hits", (Object) "nothing"))));
    }

    private Mono<ServerResponse> hit(ServerRequest request) {
        return change(request, session -> session.<Integer>compute("hits", hits -> hits == null ? 1 : hits + 1));
    }

    private Mono<ServerResponse> put(ServerRequest request) {
        int size = Integer.parseInt(request.queryParam("size").orElseThrow());
        return change(request, session -> session.put(request.queryParam("name").orElseThrow(), "x".repeat(size)));
    }

    private static Mono<ServerResponse> change(ServerRequest request, java.util.function.Consumer<Session> change) {
        return session(request)
                .doOnNext(change)
                .flatMap(session -> ServerResponse.ok().build());
    }

    private static List<Visitor> visitors(Application application, int count) {
        List<Visitor> visitors = IntStream.range(0, count)
                .mapToObj(index -> application.visitors.stranger())
                .toList();
        visitors.forEach(visitor -> hit(application, visitor));
        return visitors;
    }

    private static void hit(Application application, Visitor visitor) {
        visitor.in(application.client)
                .post()
                .uri("/hit")
                .exchange()
                .expectStatus()
                .isOk();
    }

    private static String read(Application application, Visitor visitor) {
        return visitor.in(application.client)
                .get()
                .uri("/read")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    private static boolean sealsAgain(Application application, Visitor visitor) {
        EntityExchangeResult<String> result = visitor.in(application.client)
                .get()
                .uri("/read")
                .exchange()
                .expectBody(String.class)
                .isEqualTo("1")
                .returnResult();
        return result.getResponseHeaders().containsHeader(HttpHeaders.SET_COOKIE);
    }

    private static String visible(EntityExchangeResult<String> result) {
        return result.getStatus() + " " + result.getResponseHeaders() + " " + result.getResponseBody();
    }

    private static String cookieOf(WebTestClient.ResponseSpec response) {
        return response.returnResult(String.class)
                .getResponseCookies()
                .getFirst("session")
                .getValue();
    }

    private static List<String> cookies(WebTestClient.ResponseSpec response) {
        return response.expectStatus()
                .isOk()
                .returnResult(String.class)
                .getResponseHeaders()
                .getOrEmpty(HttpHeaders.SET_COOKIE);
    }

    private static String flipped(String token, int at) {
        char other = token.charAt(at) == 'A' ? 'B' : 'A';
        return token.substring(0, at) + other + token.substring(at + 1);
    }

    private static SealingKeyRing ringOf(int... numbers) {
        return SealingKeyRing.parse(
                Arrays.stream(numbers).mapToObj(Samples::key).toList());
    }
}
