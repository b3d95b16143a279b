package dev.reactivesession.docs.howto;

import static dev.reactivesession.web.SessionAccess.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Attribute;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The page about several applications on one domain: two of them, and one browser that visits both. */
@Timeout(180)
class SeveralApplicationsTest {

    private static final String PAGE = "several-applications.md";

    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private final Browser browser = new Browser();

    /** A class that only one of the applications may store. */
    record Item(String name) {}

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {

        private static final Attribute<Integer> COUNT = Attribute.of("count", Integer.class);

        @Bean
        RouterFunction<ServerResponse> routes() {
            return RouterFunctions.route()
                    .GET("/count", Shop::count)
                    .PUT("/item/{name}", Shop::store)
                    .GET("/item", Shop::item)
                    .build();
        }

        private static Mono<ServerResponse> count(ServerRequest request) {
            return session(request)
                    .map(session -> session.compute(COUNT, count -> count == null ? 1 : count + 1))
                    .flatMap(count -> ServerResponse.ok().bodyValue("" + count));
        }

        private static Mono<ServerResponse> store(ServerRequest request) {
            return session(request)
                    .doOnNext(session -> session.put("shop.item", new Item(request.pathVariable("name"))))
                    .then(ServerResponse.noContent().build());
        }

        private static Mono<ServerResponse> item(ServerRequest request) {
            return session(request)
                    .map(session -> String.valueOf(session.<Object>get("shop.item")))
                    .flatMap(item -> ServerResponse.ok().bodyValue(item));
        }
    }

    @AfterEach
    void stop() throws Exception {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }

    @Test
    void withANameForTheKeysInRedisEachHasItsOwnSessions() {
        assertEachHasItsOwn(RunningApplication.settings(PAGE, 0), "reactive-session.store=redis", redis());
    }

    @Test
    void withANameForTheTableEachHasItsOwnSessions() throws IOException {
        EmbeddedPostgres server = closedAfterwards(EmbeddedPostgres.start());

        assertEachHasItsOwn(
                RunningApplication.settings(PAGE, 1),
                "reactive-session.store=r2dbc",
                "spring.r2dbc.url=r2dbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres",
                "spring.r2dbc.username=postgres");
    }

    @Test
    void withANameInTheTokenEachHasItsOwnSessionsAlsoUnderOneKey() {
        assertEachHasItsOwn(RunningApplication.settings(PAGE, 2), sealed());
    }

    /** The name of the cookie is not needed for that. */
    @Test
    void aTokenOpensNothingInAnApplicationOfAnotherName() {
        String[] both = sealed();
        List<String> shops = RunningApplication.settings(PAGE, 2);
        List<String> blogs = shops.stream()
                .map(setting -> setting.replace("application=shop", "application=blog"))
                .toList();
        String shop = start(RunningApplication.with(shops, both));
        String blog = start(RunningApplication.with(blogs, both));

        assertThat(counted(shop + "/count", shop + "/count", blog + "/count")).containsExactly("1", "2", "1");
    }

    private static String[] sealed() {
        return new String[] {
            "reactive-session.store=cookie", "reactive-session.signals=none", "reactive-session.sealed.keys=" + key()
        };
    }

    private static String key() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The names are those of the page for one application, and others for the second. */
    private void assertEachHasItsOwn(List<String> shops, String... both) {
        List<String> blogs =
                shops.stream().map(setting -> setting.replace("shop", "blog")).toList();
        String shop = start(RunningApplication.with(shops, both)) + "/count";
        String blog = start(RunningApplication.with(blogs, both)) + "/count";

        assertThat(counted(shop, shop, blog, shop, blog)).containsExactly("1", "2", "1", "3", "2");
        assertThat(browser.cookies()).containsOnlyKeys("__Host-shop", "__Host-blog");

        Browser other = new Browser();
        other.cookies().put("__Host-blog", browser.cookies().get("__Host-shop"));
        assertThat(other.get(blog).body()).isEqualTo("1");
    }

    @Test
    void underOneNameTheyEndEachOthersSessions() {
        String redis = redis();
        String shop = start(List.of("reactive-session.store=redis", redis, "reactive-session.redis.prefix=shop:"));
        String blog = start(List.of("reactive-session.store=redis", redis, "reactive-session.redis.prefix=blog:"));

        assertThat(counted(shop + "/count", shop + "/count", blog + "/count", shop + "/count"))
                .containsExactly("1", "2", "1", "1");
        assertThat(browser.cookies()).containsOnlyKeys("__Host-session");
    }

    @Test
    void oneSessionForBothKeepsWhatOnlyOneOfThemCanRead() {
        List<String> both = List.of("reactive-session.store=redis", redis());
        String shop =
                start(RunningApplication.with(both, "reactive-session.json.allowed-types=" + Item.class.getName()));
        String blog = start(both);

        assertThat(browser.put(shop + "/item/tea").status()).isEqualTo(204);
        assertThat(counted(blog + "/count", shop + "/count", blog + "/count")).containsExactly("1", "2", "3");
        assertThat(browser.get(blog + "/item").body()).isEqualTo("null");
        assertThat(browser.get(shop + "/item").body()).isEqualTo("Item[name=tea]");
    }

    private List<String> counted(String... addresses) {
        return List.of(addresses).stream()
                .map(address -> browser.get(address).body())
                .toList();
    }

    private String start(List<String> settings) {
        return closedAfterwards(RunningApplication.start(Shop.class, settings)).address();
    }

    private String redis() {
        return closedAfterwards(RunningRedis.start()).setting();
    }

    private <T extends AutoCloseable> T closedAfterwards(T resource) {
        started.push(resource);
        return resource;
    }
}
