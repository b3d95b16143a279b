package dev.reactivesession.test.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import dev.reactivesession.codec.json.JsonCodecSettings;
import dev.reactivesession.codec.json.JsonSessionCodec;
import dev.reactivesession.test.web.TwoNodes.Answer;
import dev.reactivesession.test.web.TwoNodes.Browser;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** The rules of classes that changed, with the application of before on one node and the one of after on the other. */
abstract class ChangedClassRules extends OriginContractRules {

    private static final int BEFORE = 0;

    private static final int AFTER = 1;

    /** A line of a cart as it was. */
    static final class OldLine {

        String title = "";

        int pieces;
    }

    /** A cart as it was. */
    static final class OldCart {

        String owner = "";

        List<OldLine> lines = new ArrayList<>();
    }

    /** A line of a cart as it is: it has a colour. */
    static final class Line {

        String title = "";

        int pieces;

        String colour = "black";
    }

    /** A cart as it is: it has a coupon. */
    static final class Cart {

        String owner = "";

        List<Line> lines = new ArrayList<>();

        String coupon = "none";
    }

    /** A line whose title has another name. */
    static final class NamedLine {

        String name = "";

        int pieces;
    }

    private static final Attribute<OldCart> OLD =
            Attribute.of("cart", OldCart.class).keepUnknown();

    private static final Attribute<Cart> NEW = Attribute.of("cart", Cart.class);

    private static final Attribute<List<OldLine>> OLD_LINES = Attribute.listOf("lines", OldLine.class);

    private static final Attribute<List<NamedLine>> NAMED_LINES = Attribute.listOf("lines", NamedLine.class)
            .version(2, ObjectNode.class, (from, line) -> {
                line.set("name", line.remove("title"));
                return line.put("pieces", line.get("pieces").asInt() * from);
            });

    private static OldLine oldLine(String title, int pieces) {
        OldLine line = new OldLine();
        line.title = title;
        line.pieces = pieces;
        return line;
    }

    private static Line line(String title, String colour) {
        Line line = new Line();
        line.title = title;
        line.pieces = 1;
        line.colour = colour;
        return line;
    }

    private static String text(Cart cart) {
        return cart.owner + " " + cart.coupon
                + cart.lines.stream()
                        .map(line -> " " + line.pieces + " " + line.colour + " " + line.title)
                        .collect(Collectors.joining());
    }

    @Nested
    @DisplayName("15 changed classes, the application of before and the one of after side by side")
    class ChangedClasses {

        private final TwoNodes nodes = new TwoNodes(
                engine().codec(new JsonSessionCodec(JsonCodecSettings.defaults()
                        .withAllowedTypes(OldLine.class)
                        .withRenamedType(Line.class.getName(), OldLine.class))),
                engineOfSecondNode()
                        .codec(new JsonSessionCodec(JsonCodecSettings.defaults()
                                .withAllowedTypes(Line.class)
                                .withRenamedType(OldLine.class.getName(), Line.class))));

        private final Browser browser = nodes.browser();

        @BeforeEach
        void pages() {
            nodes.page("/before/put", session -> session.put("line", oldLine("pen", 1)))
                    .page("/before/ink", session -> oldLineIn(session).title = "ink")
                    .page("/after/two", session -> lineIn(session).pieces = 2)
                    .page("/other", session -> session.put("other", true))
                    .asking(
                            "/before/read",
                            reading(session -> oldLineIn(session).pieces + " " + oldLineIn(session).title))
                    .asking("/after/read", reading(session -> lineIn(session).pieces + " " + lineIn(session).title))
                    .asking("/absent", reading(session -> String.valueOf(session.<Object>get("line"))));
        }

        private static BiFunction<Session, ServerRequest, Mono<String>> reading(Function<Session, String> read) {
            return (session, request) -> Mono.fromSupplier(() -> read.apply(session));
        }

        private static OldLine oldLineIn(Session session) {
            return Objects.requireNonNull(session.<OldLine>get("line"));
        }

        private static Line lineIn(Session session) {
            return Objects.requireNonNull(session.<Line>get("line"));
        }

        /** A page of the application of after, during which the other one is visited. */
        private void meeting(String path, Consumer<Session> work, String there) {
            nodes.asking(path, (session, request) -> {
                work.accept(session);
                return browser.visitingAt(BEFORE, there).map(Answer::body);
            });
        }

        @AfterEach
        void close() {
            nodes.close();
        }

        @Test
        @DisplayName("15.1 With the former name in the settings, each reads what the other wrote, and again")
        void renamedTypesAreRead() {
            browser.visitAt(BEFORE, "/before/put");

            assertThat(browser.visitAt(AFTER, "/after/read").body()).isEqualTo("1 pen");
            browser.visitAt(AFTER, "/after/two");
            assertThat(browser.visitAt(BEFORE, "/before/read").body()).isEqualTo("2 pen");
            browser.visitAt(BEFORE, "/before/ink");
            assertThat(browser.visitAt(AFTER, "/after/read").body()).isEqualTo("2 ink");
        }

        @Test
        @DisplayName("15.2 What both changed at the same time under different names is merged by property")
        void renamedTypesAreMerged() {
            browser.visitAt(BEFORE, "/before/put");
            meeting("/after/meeting", session -> lineIn(session).pieces = 5, "/before/ink");

            browser.visitAt(AFTER, "/after/meeting");

            assertThat(browser.visitAt(AFTER, "/after/read").body()).isEqualTo(keepsRecords() ? "5 ink" : "5 pen");
        }

        @Test
        @DisplayName("15.3 What an application cannot read it leaves alone, whatever else it changes")
        void theUnreadableStays() {
            try (TwoNodes unaware = new TwoNodes(
                    engine().codec(new JsonSessionCodec(
                            JsonCodecSettings.defaults().withAllowedTypes(OldLine.class))),
                    engineOfSecondNode())) {
                unaware.page("/before/put", session -> session.put("line", oldLine("pen", 1)))
                        .page("/other", session -> session.put("other", true))
                        .asking("/absent", reading(session -> String.valueOf(session.<Object>get("line"))))
                        .asking("/before/read", reading(session -> oldLineIn(session).title));
                Browser visitor = unaware.browser();
                visitor.visitAt(BEFORE, "/before/put");

                assertThat(visitor.visitAt(AFTER, "/absent").body()).isEqualTo("null");
                visitor.visitAt(AFTER, "/other");
                assertThat(visitor.visitAt(BEFORE, "/before/read").body()).isEqualTo("pen");
            }
        }

        @Test
        @DisplayName("15.4 Each object of an earlier version is brought to the one of now, from whichever it has")
        void versionsAreUpgraded() {
            nodes.page("/v1/put", session -> session.put(OLD_LINES, new ArrayList<>(List.of(oldLine("pen", 3)))))
                    .page(
                            "/v1/add",
                            session -> Objects.requireNonNull(session.get(OLD_LINES))
                                    .add(oldLine("ink", 1)))
                    .page(
                            "/v2/more",
                            session -> Objects.requireNonNull(session.get(NAMED_LINES))
                                    .forEach(line -> line.pieces++))
                    .asking(
                            "/v1",
                            reading(session -> Objects.requireNonNull(session.get(OLD_LINES)).stream()
                                    .map(line -> line.pieces + line.title)
                                    .toList()
                                    .toString()))
                    .asking(
                            "/v2",
                            reading(session -> Objects.requireNonNull(session.get(NAMED_LINES)).stream()
                                    .map(line -> line.pieces + line.name)
                                    .toList()
                                    .toString()));
            browser.visitAt(BEFORE, "/v1/put");

            assertThat(browser.visitAt(AFTER, "/v2").body()).isEqualTo("[3pen]");
            assertThat(browser.visitAt(BEFORE, "/v1").body()).isEqualTo("[3pen]");
            browser.visitAt(BEFORE, "/v1/add");
            browser.visitAt(AFTER, "/v2/more");
            assertThat(browser.visitAt(AFTER, "/v2").body()).isEqualTo("[4pen, 2ink]");
            assertThat(browser.visitAt(BEFORE, "/v1").body()).isEqualTo("[4, 2]");
        }

        @Test
        @DisplayName("15.5 Properties of the newer class survive a write of the older one, in every object that stays")
        void unknownPropertiesSurvive() {
            carts();
            browser.visitAt(AFTER, "/cart/new");

            browser.visitAt(BEFORE, "/cart/old/change");

            assertThat(browser.visitAt(AFTER, "/cart").body()).isEqualTo("bob ten 1 blue ink 7 red pen 0 black book");
        }

        @Test
        @DisplayName("15.6 They survive a merge, together with what the newer application changed meanwhile")
        void unknownPropertiesAreMerged() {
            carts();
            meeting(
                    "/cart/meeting",
                    session -> {
                        Cart cart = Objects.requireNonNull(session.get(NEW));
                        cart.coupon = "twenty";
                        cart.lines.get(1).colour = "green";
                    },
                    "/cart/old/owner");
            browser.visitAt(AFTER, "/cart/new");

            browser.visitAt(AFTER, "/cart/meeting");

            assertThat(browser.visitAt(AFTER, "/cart").body())
                    .isEqualTo((keepsRecords() ? "bob" : "alice") + " twenty 1 red pen 1 green ink 1 white pad");
        }

        @Test
        @DisplayName("15.7 A value put in place of another one, or computed from it, keeps them as well")
        void unknownPropertiesSurviveAPut() {
            carts();
            nodes.page("/cart/old/put", session -> {
                        OldCart cart = new OldCart();
                        cart.owner = "carol";
                        session.put(OLD, cart);
                    })
                    .page(
                            "/cart/old/compute",
                            session -> session.compute(OLD, cart -> {
                                OldCart other = new OldCart();
                                other.owner = Objects.requireNonNull(cart).owner + "!";
                                return other;
                            }));
            browser.visitAt(AFTER, "/cart/new");

            browser.visitAt(BEFORE, "/cart/old/put");
            browser.visitAt(BEFORE, "/cart/old/compute");

            assertThat(browser.visitAt(AFTER, "/cart").body()).isEqualTo("carol! ten");
        }

        private void carts() {
            nodes.page("/cart/new", session -> {
                        Cart cart = new Cart();
                        cart.owner = "alice";
                        cart.coupon = "ten";
                        cart.lines.addAll(List.of(line("pen", "red"), line("ink", "blue"), line("pad", "white")));
                        session.put(NEW, cart);
                    })
                    .page("/cart/old/owner", session -> Objects.requireNonNull(session.get(OLD)).owner = "bob")
                    .page("/cart/old/change", session -> {
                        OldCart cart = Objects.requireNonNull(session.get(OLD));
                        cart.owner = "bob";
                        cart.lines.remove(2);
                        cart.lines.get(0).pieces = 7;
                        cart.lines.add(0, cart.lines.remove(1));
                        cart.lines.add(oldLine("book", 0));
                    })
                    .asking("/cart", reading(session -> text(Objects.requireNonNull(session.get(NEW)))));
        }
    }
}
