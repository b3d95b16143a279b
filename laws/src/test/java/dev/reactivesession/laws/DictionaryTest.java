package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

@DisplayName("Dictionary habits")
class DictionaryTest {

    private final Application application = new Application();

    private final Session session =
            application.engine.session(new Tokens.Presented("none")).block();

    @Test
    @DisplayName("get with a default, put, remove, contains, pop, clear")
    void theUsualOperations() {
        session.put("a", 1);

        assertThat(session.getOrDefault("a", 5)).isEqualTo(1);
        assertThat(session.getOrDefault("b", 5)).isEqualTo(5);
        assertThat(session.contains("a")).isTrue();
        assertThat(session.<Integer>remove("a")).isEqualTo(1);
        assertThat(session.<Integer>remove("a")).isNull();
        session.put("b", 1);
        session.put("b", null);
        assertThat(session.contains("b")).isFalse();
        session.put("c", 1);
        session.clear();
        assertThat(session.attributes()).isEmpty();
    }

    @Test
    @DisplayName("The attributes are a live map: put, remove, iterate, and remove while iterating")
    void theLiveMap() {
        Map<String, Object> attributes = session.attributes();
        attributes.put("a", 1);
        attributes.putAll(Map.of("b", 2, "c", 3));
        attributes.putIfAbsent("a", 9);
        attributes.merge("b", 10, (one, other) -> (Integer) one + (Integer) other);
        attributes.computeIfAbsent("list", name -> new ArrayList<>());
        attributes.entrySet().forEach(changed -> {
            if (changed.getKey().equals("c")) {
                changed.setValue(30);
            }
        });

        assertThat(attributes).containsOnly(entry("a", 1), entry("b", 12), entry("c", 30), entry("list", List.of()));
        Iterator<String> names = attributes.keySet().iterator();
        while (names.hasNext()) {
            if (names.next().equals("a")) {
                names.remove();
            }
        }
        assertThat(session.contains("a")).isFalse();
        assertThat(attributes).hasSize(3);
    }

    @Test
    @DisplayName("The test cookie: set, worked on the next request only when the client keeps cookies, deleted")
    void theTestCookie() {
        Visitor form = application.visitorDoing(Session::setTestCookie);
        form.visit();

        Visitor check = application.visitorOf(there -> {
            boolean worked = there.testCookieWorked();
            there.deleteTestCookie();
            return worked;
        });

        assertThat(check.withToken(null).visit().body()).isEqualTo("false");
        assertThat(check.withToken(form.token()).visit().body()).isEqualTo("true");
        assertThat(check.withToken(form.token()).visit().body()).isEqualTo("false");
        session.setTestCookie();
        assertThat(session.attributes())
                .as("the mark is not an attribute of the application")
                .isEmpty();
    }

    @Test
    @DisplayName("A value written by name can be read through its declaration, and the other way round")
    void namesAndDeclarationsMeet() {
        Attribute<List<String>> cart = Attribute.listOf("cart", String.class);
        Visitor visitor = application.visitorDoing(there -> {
            there.put("cart", new ArrayList<>(List.of("a")));
            there.put(Attribute.of("count", Long.class), 7L);
        });
        visitor.visit();

        visitor.at(application.visitorDoing(there -> {
                    there.get(cart).add("b");
                    assertThat(there.<Number>get("count").longValue()).isEqualTo(7);
                    assertThat(there.get(Attribute.of("count", Long.class))).isEqualTo(7L);
                }))
                .visit();

        assertThat(visitor.at(application.visitorOf(there -> there.get("cart")))
                        .visit()
                        .body())
                .isEqualTo("[a, b]");
    }

    @Test
    @DisplayName("A session is safe to use from parallel operators of its exchange")
    void parallelUse() {
        Attribute<Integer> hits = Attribute.of("hits", Integer.class);

        Flux.range(0, 10_000)
                .parallel(4)
                .runOn(Schedulers.parallel())
                .doOnNext(number -> {
                    session.compute(hits, there -> there == null ? 1 : there + 1);
                    session.put("a" + number % 50, number);
                })
                .flatMap(number -> number % 1000 == 0 ? session.save().thenReturn(number) : Flux.just(number))
                .sequential()
                .blockLast();
        session.save().block();

        Session stored = application.sessions().find(session.id()).block();
        assertThat(stored.get(hits)).isEqualTo(10_000);
        assertThat(stored.attributes()).hasSize(51);
    }
}
