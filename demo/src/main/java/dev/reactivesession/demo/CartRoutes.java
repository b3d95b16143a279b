package dev.reactivesession.demo;

import static dev.reactivesession.web.SessionAccess.session;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** A list in the session, changed in place. */
@Configuration(proxyBeanMethods = false)
class CartRoutes {

    private static final Attribute<List<String>> PRODUCTS = Attribute.listOf("products", String.class);

    @Bean
    RouterFunction<ServerResponse> cart() {
        return route().GET("/cart", this::cart).build();
    }

    private Mono<ServerResponse> cart(ServerRequest request) {
        List<String> added = request.queryParams().getOrDefault("add-product", List.of());
        List<String> removed = request.queryParams().getOrDefault("remove-product", List.of());
        return session(request)
                .map(session -> cart(session, added, removed))
                .map(CartRoutes::inWords)
                .flatMap(PlainText::ok);
    }

    /** Looking into a cart that is not there makes none. */
    private static List<String> cart(Session session, List<String> added, List<String> removed) {
        List<String> products = added.isEmpty()
                ? session.getOrDefault(PRODUCTS, new ArrayList<>())
                : session.computeIfAbsent(PRODUCTS, ArrayList::new);
        products.addAll(added);
        removed.forEach(products::remove);
        return products;
    }

    private static String inWords(List<String> products) {
        return products.isEmpty() ? "The cart is empty." : "Products in cart: " + String.join(", ", products);
    }
}
