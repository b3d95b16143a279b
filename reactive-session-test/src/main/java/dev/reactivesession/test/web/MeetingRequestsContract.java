package dev.reactivesession.test.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.SessionStore;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionAccess;
import dev.reactivesession.web.SessionWebFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * Requests that change the same collections of one session at once, over HTTP, on two nodes over one store: every
 * change that was answered is kept, and nothing that was removed comes back. The engines may replay a save as often as
 * can be set, because eight clients that never pause are more than the default is made for.
 */
@Timeout(300)
public abstract class MeetingRequestsContract extends ExactlyOnceRules {

    private static final int CLIENTS = 8;

    private static final int CHANGES = 200;

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Attribute<List<String>> PRODUCTS = Attribute.listOf("products", String.class);

    private static final Attribute<List<String>> LIST = Attribute.listOf("list", String.class);

    private static final Attribute<Set<String>> SET = Attribute.setOf("set", String.class);

    private static final Attribute<Map<String, Integer>> MAP = Attribute.mapOf("map", String.class, Integer.class);

    private static final Attribute<Basket> BASKET = Attribute.of("basket", Basket.class);

    private final List<DisposableServer> servers = new ArrayList<>();

    private final WebClient client = WebClient.create();

    /** For subclasses. */
    protected MeetingRequestsContract() {}

    /** A bean of an application, with a collection in it, and another bean. */
    static final class Basket {

        final List<String> lines = new ArrayList<>();

        final Totals totals = new Totals();
    }

    /** A bean within a bean. */
    static final class Totals {

        final Map<String, Integer> quantities = new HashMap<>();
    }

    @BeforeEach
    final void serve() {
        servers.add(served(store()));
        servers.add(served(secondNode()));
    }

    @AfterEach
    final void stop() {
        servers.forEach(server -> server.disposeNow(Duration.ofSeconds(30)));
    }

    private static DisposableServer served(SessionStore store) {
        SessionWebFilter filter = new SessionWebFilter(
                SessionEngine.over(store).build(), new CookieTransport(CookieSettings.forPlainHttp()));
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(
                        WebHttpHandlerBuilder.webHandler(RouterFunctions.toWebHandler(RouterFunctions.route()
                                        .GET("/begin", MeetingRequestsContract::begin)
                                        .GET("/cart", MeetingRequestsContract::cart)
                                        .GET("/change", MeetingRequestsContract::change)
                                        .GET("/read", MeetingRequestsContract::read)
                                        .build()))
                                .filter(filter)
                                .build()))
                .bindNow(Duration.ofSeconds(30));
    }

    private static Mono<ServerResponse> begin(ServerRequest request) {
        return SessionAccess.session(request).flatMap(session -> {
            session.put(LIST, new ArrayList<>());
            session.put(SET, new HashSet<>());
            session.put(MAP, new LinkedHashMap<>());
            session.put(BASKET, new Basket());
            return ServerResponse.ok().bodyValue("begun");
        });
    }

    private static Mono<ServerResponse> cart(ServerRequest request) {
        return SessionAccess.session(request).flatMap(session -> {
            List<String> products = session.computeIfAbsent(PRODUCTS, ArrayList::new);
            request.queryParam("add").ifPresent(products::add);
            return ServerResponse.ok().bodyValue(String.join(",", products));
        });
    }

    private static Mono<ServerResponse> change(ServerRequest request) {
        return SessionAccess.session(request).flatMap(session -> {
            request.queryParam("add").ifPresent(element -> add(session, element));
            request.queryParam("remove").ifPresent(element -> remove(session, element));
            return ServerResponse.ok().bodyValue("changed");
        });
    }

    private static void add(Session session, String element) {
        Objects.requireNonNull(session.get(LIST)).add(element);
        Objects.requireNonNull(session.get(SET)).add(element);
        Objects.requireNonNull(session.get(MAP)).put(element, 1);
        Basket basket = Objects.requireNonNull(session.get(BASKET));
        basket.lines.add(element);
        basket.totals.quantities.put(element, 1);
    }

    private static void remove(Session session, String element) {
        Objects.requireNonNull(session.get(LIST)).remove(element);
        Objects.requireNonNull(session.get(SET)).remove(element);
        Objects.requireNonNull(session.get(MAP)).remove(element);
        Basket basket = Objects.requireNonNull(session.get(BASKET));
        basket.lines.remove(element);
        basket.totals.quantities.remove(element);
    }

    /** Five lines of elements, sorted: one for each place they are kept in. */
    private static Mono<ServerResponse> read(ServerRequest request) {
        return SessionAccess.session(request).flatMap(session -> {
            Basket basket = Objects.requireNonNull(session.get(BASKET));
            List<Iterable<String>> places = List.of(
                    Objects.requireNonNull(session.get(LIST)),
                    Objects.requireNonNull(session.get(SET)),
                    Objects.requireNonNull(session.get(MAP)).keySet(),
                    basket.lines,
                    basket.totals.quantities.keySet());
            return ServerResponse.ok()
                    .bodyValue(String.join(
                            "\n",
                            places.stream().map(MeetingRequestsContract::sorted).toList()));
        });
    }

    private static String sorted(Iterable<String> elements) {
        List<String> all = new ArrayList<>();
        elements.forEach(all::add);
        all.sort(null);
        return String.join(",", all);
    }

    private Mono<String> get(int node, String path, String cookie) {
        return client.get()
                .uri("http://127.0.0.1:" + servers.get(node % servers.size()).port() + path)
                .cookie("session", cookie)
                .retrieve()
                .bodyToMono(String.class);
    }

    private String begun() {
        return Objects.requireNonNull(client.get()
                .uri("http://127.0.0.1:" + servers.get(0).port() + "/begin")
                .exchangeToMono(response -> response.releaseBody()
                        .thenReturn(Objects.requireNonNull(response.cookies().getFirst("session"))))
                .map(ResponseCookie::getValue)
                .block(PATIENCE));
    }

    @Test
    @DisplayName("Ten requests at once that each add a product to one cart keep all ten")
    void tenProductsAtOnce() {
        String cookie = begun();

        List<String> answers = Flux.range(0, 10)
                .flatMap(number -> get(number, "/cart?add=p" + number, cookie), 10)
                .collectList()
                .block(PATIENCE);

        assertThat(answers).hasSize(10);
        String products = get(0, "/cart", cookie).block(PATIENCE);
        assertThat(Objects.requireNonNull(products).split(","))
                .containsExactlyInAnyOrder("p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9");
    }

    @Test
    @DisplayName("Eight clients with 200 adds and removes each end where one after the other would have")
    void manyChangesAtOnce() {
        String cookie = begun();
        Set<String> expected = new HashSet<>();
        List<List<String>> walks = new ArrayList<>();
        for (int number = 0; number < CLIENTS; number++) {
            walks.add(walk(number, expected));
        }

        List<String> answers = Flux.range(0, CLIENTS)
                .flatMap(
                        number -> Flux.fromIterable(walks.get(number))
                                .concatMap(change -> get(number, "/change?" + change, cookie)),
                        CLIENTS)
                .collectList()
                .block(PATIENCE);

        assertThat(answers).hasSize(CLIENTS * CHANGES).containsOnly("changed");
        assertThat(expected).isNotEmpty();
        String[] places =
                Objects.requireNonNull(get(0, "/read", cookie).block(PATIENCE)).split("\n");
        assertThat(places).hasSize(5);
        for (String place : places) {
            assertThat(Arrays.asList(place.split(","))).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /** The changes of one client, who adds elements of its own and removes some of them again. */
    private static List<String> walk(int number, Set<String> expected) {
        Random random = new Random(number);
        List<String> own = new ArrayList<>();
        List<String> changes = new ArrayList<>();
        for (int change = 0; change < CHANGES; change++) {
            if (own.isEmpty() || random.nextInt(5) < 3) {
                String element = "c" + number + "-" + change;
                own.add(element);
                changes.add("add=" + element);
            } else {
                changes.add("remove=" + own.remove(random.nextInt(own.size())));
            }
        }
        expected.addAll(own);
        return changes;
    }
}
