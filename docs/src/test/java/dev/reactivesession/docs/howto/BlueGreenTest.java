package dev.reactivesession.docs.howto;

import static dev.reactivesession.web.SessionAccess.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** The page about two colours: both run over one Redis, and one browser is served now by this one, now by the other. */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class BlueGreenTest {

    private static final String WARNING = "The stored attribute 'size' cannot be read";

    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private final Browser browser = new Browser();

    private String redis = "";

    /** The version that runs today. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Blue {

        record Item(String name) {}

        record Cart(int items) {}

        private static final Attribute<Item> ITEM = Attribute.of("item", Item.class);

        record Weight(int kilograms) {}

        private static final Attribute<Weight> WEIGHT = Attribute.of("weight", Weight.class);

        @Bean
        RouterFunction<ServerResponse> routes() {
            return RouterFunctions.route()
                    .PUT("/item/{name}", request -> put(request, ITEM, new Item(name(request))))
                    .PUT("/kept/{name}", request -> put(request, ITEM.keepUnknown(), new Item(name(request))))
                    .PUT("/size/{name}", request -> put(request, Attribute.of("size", String.class), name(request)))
                    .PUT("/weight/{name}", request -> put(request, WEIGHT, new Weight(Integer.parseInt(name(request)))))
                    .PUT("/cart/{name}", request -> put(request, new Cart(Integer.parseInt(name(request)))))
                    .GET("/item", request -> get(request, session -> session.get(ITEM)))
                    .GET("/size", request -> get(request, session -> session.get("size")))
                    .GET("/cart", request -> get(request, session -> session.get("cart")))
                    .build();
        }
    }

    /** The version that takes over. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Green {

        record Item(String name, @Nullable String note) {

            Item {
                note = Objects.requireNonNullElse(note, "no note");
            }
        }

        record Basket(int items) {}

        record Weight(int grams) {}

        private static final Attribute<Item> ITEM = Attribute.of("item", Item.class);

        private static final Attribute<String> GIFT = Attribute.of("gift", String.class);

        private static final Attribute<Integer> SIZE = Attribute.of("size", Integer.class);

        private static final Attribute<Basket> CART =
                Attribute.of("cart", Basket.class).formerly(Blue.Cart.class.getName());

        private static final Attribute<Weight> WEIGHT =
                Attribute.of("weight", Weight.class).version(2, ObjectNode.class, (from, stored) -> inGrams(stored));

        @Bean
        RouterFunction<ServerResponse> routes() {
            return RouterFunctions.route()
                    .PUT("/item/{name}", request -> put(request, ITEM, new Item(name(request), "wrapped")))
                    .PUT("/gift/{name}", request -> put(request, GIFT, name(request)))
                    .PUT("/cart/{name}", request -> put(request, new Basket(Integer.parseInt(name(request)))))
                    .GET("/item", request -> get(request, session -> session.get(ITEM)))
                    .GET("/gift", request -> get(request, session -> session.get(GIFT)))
                    .GET("/size", request -> get(request, session -> session.get(SIZE)))
                    .GET("/cart", request -> get(request, session -> session.get(CART)))
                    .GET("/basket", request -> get(request, session -> session.get("cart")))
                    .GET("/weight", request -> get(request, session -> session.get(WEIGHT)))
                    .build();
        }

        private static ObjectNode inGrams(ObjectNode stored) {
            return stored.put("grams", 1000 * stored.remove("kilograms").intValue());
        }
    }

    private static String name(ServerRequest request) {
        return request.pathVariable("name");
    }

    private static <T> Mono<ServerResponse> put(ServerRequest request, Attribute<T> attribute, T value) {
        return session(request)
                .doOnNext(session -> session.put(attribute, value))
                .then(ServerResponse.noContent().build());
    }

    private static Mono<ServerResponse> put(ServerRequest request, Object cart) {
        return session(request)
                .doOnNext(session -> session.put("cart", cart))
                .then(ServerResponse.noContent().build());
    }

    private static Mono<ServerResponse> get(ServerRequest request, Function<Session, @Nullable Object> look) {
        return session(request)
                .map(session -> String.valueOf(look.apply(session)))
                .flatMap(value -> ServerResponse.ok().bodyValue(value));
    }

    @AfterEach
    void stop() throws Exception {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }

    @Test
    void theOldVersionLeavesANewAttributeAlone() {
        String blue = start(Blue.class);
        String green = start(Green.class);

        put(green + "/gift/card");
        put(blue + "/item/tea");

        assertThat(got(green + "/gift")).isEqualTo("card");
        assertThat(got(green + "/item")).isEqualTo("Item[name=tea, note=no note]");
    }

    @Test
    void aFieldThatTheOldVersionDoesNotHaveIsIgnoredAndDroppedByItsNextSave() {
        String blue = start(Blue.class);
        String green = start(Green.class);

        put(green + "/item/tea");
        assertThat(got(blue + "/item")).isEqualTo("Item[name=tea]");
        assertThat(got(green + "/item")).isEqualTo("Item[name=tea, note=wrapped]");

        put(blue + "/item/milk");
        assertThat(got(green + "/item")).isEqualTo("Item[name=milk, note=no note]");
    }

    @Test
    void aVersionThatKeepsTheUnknownDropsNoField() {
        String blue = start(Blue.class);
        String green = start(Green.class);

        put(green + "/item/tea");
        put(blue + "/kept/milk");

        assertThat(got(green + "/item")).isEqualTo("Item[name=milk, note=wrapped]");
    }

    @Test
    void aFormerNameReadsWhatARenamedClassWas() {
        String blue = start(Blue.class, allowed(Blue.Cart.class.getName()));
        String green = start(Green.class);

        put(blue + "/cart/3");

        assertThat(got(green + "/cart")).isEqualTo("Basket[items=3]");
    }

    @Test
    void theSettingInBothColoursReadsARenamedClassEitherWay() {
        String old = Blue.Cart.class.getName();
        String now = Green.Basket.class.getName();
        String blue = start(Blue.class, allowed(old), "reactive-session.json.renamed-types=" + now + "->" + old);
        String green = start(Green.class, allowed(now), "reactive-session.json.renamed-types=" + old + "->" + now);

        put(blue + "/cart/3");
        assertThat(got(green + "/basket")).isEqualTo("Basket[items=3]");
        put(green + "/cart/4");
        assertThat(got(blue + "/cart")).isEqualTo("Cart[items=4]");
    }

    @Test
    void aVersionWithAHookReadsAnotherUnit() {
        String blue = start(Blue.class);
        String green = start(Green.class);

        put(blue + "/weight/2");

        assertThat(got(green + "/weight")).isEqualTo("Weight[grams=2000]");
    }

    @Test
    void anAttributeThatAVersionCannotReadIsAbsentThereAndStaysAsItIs(CapturedOutput output) {
        String blue = start(Blue.class);
        String green = start(Green.class);

        put(blue + "/size/large");
        assertThat(got(green + "/size")).isEqualTo("null");
        put(green + "/gift/card");

        assertThat(got(blue + "/size")).isEqualTo("large");
        assertThat(output.toString().lines().filter(line -> line.contains(WARNING)))
                .hasSize(1)
                .allMatch(line -> line.contains("WARN"));
    }

    @Test
    void oneThatIsToBeRefusedIsAnErrorAndStaysAsItIs() {
        String blue = start(Blue.class);
        String green = start(
                Green.class, RunningApplication.settings("blue-green.md", 0).get(0));

        put(blue + "/size/large");

        assertThat(browser.get(green + "/size").status()).isEqualTo(500);
        assertThat(got(blue + "/size")).isEqualTo("large");
    }

    private static String allowed(String type) {
        return "reactive-session.json.allowed-types=" + type;
    }

    private void put(String address) {
        assertThat(browser.put(address).status()).isEqualTo(204);
    }

    private String got(String address) {
        return browser.get(address).body();
    }

    private String start(Class<?> colour, String... settings) {
        if (redis.isEmpty()) {
            redis = closedAfterwards(RunningRedis.start()).setting();
        }
        List<String> both = List.of("reactive-session.store=redis", "reactive-session.cookie.secure=false", redis);
        return closedAfterwards(RunningApplication.start(colour, RunningApplication.with(both, settings)))
                .address();
    }

    private <T extends AutoCloseable> T closedAfterwards(T resource) {
        started.push(resource);
        return resource;
    }
}
