package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import dev.reactivesession.SessionException;
import dev.reactivesession.SessionPolicies;
import dev.reactivesession.UnreadablePolicy;
import dev.reactivesession.codec.json.JsonCodecSettings;
import dev.reactivesession.codec.json.JsonSessionCodec;
import dev.reactivesession.engine.SessionEngineBuilder;
import dev.reactivesession.web.SessionAccess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An attribute in one request: a look changes nothing, and every change is seen")
class AttributeStatesTest {

    private static final Attribute<Item> ITEM = Attribute.of("item", Item.class);

    private static final Attribute<List<Item>> ITEMS = Attribute.listOf("items", Item.class);

    private static final Attribute<Map<Long, String>> BY_NUMBER = Attribute.mapOf("byNumber", Long.class, String.class);

    private static final Attribute<Integer> NUMBER = Attribute.of("n", Integer.class);

    private final Application application = new Application(AttributeStatesTest::withItems);

    private static SessionEngineBuilder withItems(SessionEngineBuilder builder) {
        return builder.codec(
                new JsonSessionCodec(JsonCodecSettings.defaults().withAllowedTypes(Item.class, Plain.class)));
    }

    /** A value of an application. */
    record Item(String name, int quantity) {}

    /** Has neither equals nor hashCode. */
    static final class Plain {

        String name = "plain";
    }

    private Visitor begun(Consumer<Session> first) {
        Visitor visitor = application.visitorDoing(first);
        visitor.visit();
        application.forgetCalls();
        return visitor;
    }

    private Visitor then(Visitor visitor, Consumer<Session> use) {
        Visitor next = visitor.at(application.visitorDoing(use));
        next.visit();
        return next;
    }

    private Session stored() {
        return application.sessions().find(application.onlyId()).block();
    }

    @Test
    @DisplayName("An undeclared look leaves a declared attribute as it is")
    void anUndeclaredLookDeletesNothing() {
        Visitor visitor = begun(session -> session.put(ITEM, new Item("lamp", 1)));
        List<Object> seen = new ArrayList<>();

        then(visitor, session -> {
            seen.add(session.attributes().size());
            seen.add(session.attributes().isEmpty());
            seen.add(session.attributes().containsKey("item"));
            seen.add(session.get(ITEM));
        });

        assertThat(seen).containsExactly(1, false, true, new Item("lamp", 1));
        assertThat(application.calls()).containsExactly("find");
        assertThat(stored().get(ITEM)).isEqualTo(new Item("lamp", 1));
    }

    @Test
    @DisplayName("An iteration over values leaves declared attributes as they are")
    void anIterationDeletesNothing() {
        Visitor visitor = begun(session -> {
            session.put(ITEM, new Item("lamp", 1));
            session.put(ITEMS, new ArrayList<>(List.of(new Item("chair", 2))));
            session.put(BY_NUMBER, new HashMap<>(Map.of(1L, "one")));
        });
        List<Object> seen = new ArrayList<>();

        then(visitor, session -> {
            session.attributes().forEach((name, value) -> seen.add(name));
            seen.add(session.get(ITEM));
            seen.add(session.get(ITEMS).get(0));
            seen.add(session.get(BY_NUMBER).get(1L));
        });

        assertThat(seen).containsExactly("item", "items", "byNumber", new Item("lamp", 1), new Item("chair", 2), "one");
        assertThat(application.calls()).containsExactly("find");
    }

    @Test
    @DisplayName("A list and a map read as another type first can be changed as the right one")
    void theRightTypeAfterALookCanBeChanged() {
        Visitor visitor = begun(session -> {
            session.put(ITEMS, new ArrayList<>(List.of(new Item("chair", 2))));
            session.put(BY_NUMBER, new HashMap<>(Map.of(1L, "one")));
        });

        then(visitor, session -> {
            session.<Object>get("items");
            session.<Object>get("byNumber");
            session.get(ITEMS).add(new Item("lamp", 1));
            session.get(BY_NUMBER).put(2L, "two");
        });

        assertThat(stored().get(ITEMS)).containsExactly(new Item("chair", 2), new Item("lamp", 1));
        assertThat(stored().get(BY_NUMBER)).containsExactlyInAnyOrderEntriesOf(Map.of(1L, "one", 2L, "two"));
    }

    @Test
    @DisplayName("A value put without a type and asked for as another type stays as it was put")
    void aFailedConversionKeepsThePut() {
        Visitor visitor = begun(session -> {
            session.put("n", 5L);
            session.<Long>get("n");
            session.get(NUMBER);
        });

        assertThat(stored().<Long>get("n")).isEqualTo(5L);
        then(visitor, session -> session.get(NUMBER));
        assertThat(stored().<Long>get("n")).isEqualTo(5L);
    }

    @Test
    @DisplayName("A wrong declared type first does not hide the right one, and computeIfAbsent keeps the value")
    void aWrongTypeFirstHidesNothing() {
        Attribute<Item> wrong = Attribute.of("items", Item.class);
        Visitor visitor = begun(session -> session.put(ITEMS, new ArrayList<>(List.of(new Item("chair", 2)))));
        List<Object> seen = new ArrayList<>();

        then(visitor, session -> {
            seen.add(String.valueOf(session.get(wrong)));
            seen.add(session.get(ITEMS).size());
            seen.add(session.computeIfAbsent(ITEMS, ArrayList::new).size());
        });

        assertThat(seen).containsExactly("null", 1, 1);
        assertThat(stored().get(ITEMS)).containsExactly(new Item("chair", 2));
        assertThat(application.calls()).containsExactly("find", "find");
    }

    @Test
    @DisplayName("A new order of a set or a map that has one is a change, in place and by put")
    void aNewOrderIsAChange() {
        Visitor visitor = begun(session -> {
            session.put("set", new LinkedHashSet<>(List.of("a", "b", "c")));
            session.put("map", new LinkedHashMap<>(Map.of("a", 1)));
            session.<Map<String, Integer>>get("map").put("b", 2);
        });

        visitor = then(visitor, session -> {
            Set<String> set = session.get("set");
            set.remove("a");
            set.add("a");
            Map<String, Integer> other = new LinkedHashMap<>();
            other.put("b", 2);
            other.put("a", 1);
            session.put("map", other);
        });

        assertThat(stored().<Set<String>>get("set")).containsExactly("b", "c", "a");
        assertThat(stored().<Map<String, Integer>>get("map").keySet()).containsExactly("b", "a");
    }

    @Test
    @DisplayName("A change through the same reference after a save that met another is kept")
    void aReferenceOutlivesASaveThatMetAnother() {
        Visitor visitor = begun(session -> session.put("list", new ArrayList<>(List.of("base"))));

        visitor.at(application.visitor(request -> SessionAccess.session(request).flatMap(session -> {
                    List<String> mine = session.get("list");
                    mine.add("first");
                    return application
                            .sessions()
                            .update(
                                    session.id(),
                                    other -> other.<List<String>>get("list").add("theirs"))
                            .then(session.save())
                            .then(Application.ok(request))
                            .doOnSuccess(answer -> mine.add("second"));
                })))
                .visit();

        assertThat(stored().<List<String>>get("list")).containsExactly("base", "theirs", "first", "second");
    }

    @Test
    @DisplayName("With the strict policy a damaged attribute can be seen, replaced and removed; only reading it fails")
    void aDamagedAttributeCanBeReplaced() {
        Application strict = new Application(
                builder -> builder.policies(SessionPolicies.defaults().withOnUnreadable(UnreadablePolicy.REFUSE)));
        Visitor visitor = strict.visitorDoing(session -> {
            session.put("good", "g");
            session.put("bad", 5L);
            session.put("worse", 6L);
        });
        visitor.visit();
        strict.replacePayload(strict.payload().replace("\"Long\"", "\"Lung\""));
        List<Object> seen = new ArrayList<>();

        visitor.at(strict.visitorDoing(session -> {
                    seen.add(session.attributes().size());
                    seen.add(session.attributes().isEmpty());
                    seen.add(session.contains("bad"));
                    assertThatThrownBy(() -> session.get("bad")).isInstanceOf(SessionException.Unreadable.class);
                    session.remove("worse");
                    session.attributes().put("bad", "mended");
                    seen.add(session.<String>get("bad"));
                }))
                .visit();

        assertThat(seen).containsExactly(3, false, true, "mended");
        Session now = strict.sessions().find(strict.onlyId()).block();
        assertThat(now.attributes()).containsOnly(Map.entry("good", "g"), Map.entry("bad", "mended"));
    }

    @Test
    @DisplayName("The live map merges and computes atomically")
    void theLiveMapIsAtomic() {
        begun(session -> session.put("begun", true));
        Session session = stored();

        IntStream.range(0, 20_000)
                .parallel()
                .forEach(each ->
                        session.attributes().merge("count", 1, (one, other) -> (Integer) one + (Integer) other));
        session.save().block();

        assertThat(stored().<Integer>get("count")).isEqualTo(20_000);
    }

    @Test
    @DisplayName("The live map computes again when another request saved first")
    void theLiveMapComputesAgain() {
        Visitor visitor = begun(session -> {
            session.put("merged", 1);
            session.put("computed", 1);
            session.put("present", 1);
            session.put("all", 1);
        });

        visitor.at(application.visitor(request -> SessionAccess.session(request).flatMap(session -> {
                    addOneEverywhere(session.attributes());
                    return application
                            .sessions()
                            .update(session.id(), other -> addOneEverywhere(other.attributes()))
                            .then(Application.ok(request));
                })))
                .visit();

        Session now = stored();
        assertThat(now.attributes())
                .containsOnly(
                        Map.entry("merged", 5),
                        Map.entry("computed", 5),
                        Map.entry("present", 5),
                        Map.entry("all", 3),
                        Map.entry("absent", 1));
    }

    private static void addOneEverywhere(Map<String, Object> attributes) {
        attributes.replaceAll((name, value) -> (Integer) value + 1);
        attributes.merge("merged", 1, (one, other) -> (Integer) one + (Integer) other);
        attributes.compute("computed", (name, value) -> (Integer) value + 1);
        attributes.computeIfPresent("present", (name, value) -> (Integer) value + 1);
        attributes.computeIfAbsent("absent", name -> 1);
    }

    @Test
    @DisplayName("The live map follows java.util.Map")
    void theLiveMapFollowsTheContract() {
        List<Object> seen = new ArrayList<>();
        begun(session -> {
            Map<String, Object> map = session.attributes();
            seen.add(String.valueOf(map.computeIfAbsent("none", name -> null)));
            map.put("a", 1);
            map.put("b", 2);
            map.put("c", 3);
            for (String name : map.keySet()) {
                if (name.equals("a")) {
                    map.remove("b");
                }
            }
            seen.add(List.copyOf(map.keySet()));
            seen.add(map.putIfAbsent("a", 9));
            seen.add(map.replace("a", 4));
            seen.add(map.replace("a", 5, 6));
            seen.add(map.replace("a", 4, 6));
            seen.add(map.remove("c", 4));
            seen.add(map.remove("c", 3));
            seen.add(map.equals(Map.of("a", 6)));
            seen.add(map.get("_reserved") == null && !map.containsKey("_reserved") && map.remove("_reserved") == null);
            assertThatThrownBy(() -> beyondTheEnd(map)).isInstanceOf(NoSuchElementException.class);
        });

        assertThat(seen).containsExactly("null", List.of("a", "c"), 1, 1, false, true, false, true, true, true);
    }

    private static Object beyondTheEnd(Map<String, Object> map) {
        var entries = map.entrySet().iterator();
        entries.next();
        return entries.next();
    }

    @Test
    @DisplayName("A hash set of objects without hashCode is not written by a read")
    void aSetOfPlainObjectsIsNotWrittenByARead() {
        Visitor visitor = begun(session -> session.put(
                "set",
                new HashSet<>(IntStream.range(0, 20)
                        .mapToObj(number -> {
                            Plain plain = new Plain();
                            plain.name = "p" + number;
                            return plain;
                        })
                        .toList())));
        AtomicInteger size = new AtomicInteger();

        for (int visit = 0; visit < 5; visit++) {
            visitor = then(
                    visitor, session -> size.set(session.<Set<Plain>>get("set").size()));
        }

        assertThat(size).hasValue(20);
        assertThat(application.calls()).containsExactly("find", "find", "find", "find", "find");
    }

    @Test
    @DisplayName("Many computes in one request are one save, and are all computed again")
    void manyComputesAreComputedAgain() {
        Visitor visitor = begun(session -> session.put("n", 0));

        visitor.at(application.visitor(request -> SessionAccess.session(request).flatMap(session -> {
                    for (int each = 0; each < 10_000; each++) {
                        session.<Integer>compute("n", n -> n + 1);
                    }
                    return application
                            .sessions()
                            .update(session.id(), other -> other.<Integer>compute("n", n -> n + 5))
                            .then(Application.ok(request));
                })))
                .visit();

        assertThat(stored().<Integer>get("n")).isEqualTo(10_005);
    }
}
