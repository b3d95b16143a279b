package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import dev.reactivesession.SessionEvent;
import dev.reactivesession.codec.json.JsonCodecSettings;
import dev.reactivesession.codec.json.JsonSessionCodec;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.web.CookieSettings;
import dev.reactivesession.web.CookieTransport;
import dev.reactivesession.web.SessionAccess;
import dev.reactivesession.web.SessionWebFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

@DisplayName("A class that was renamed, with the application of before and the one of after side by side")
class RenamedClassTest {

    /** The class as it was. */
    static final class OldItem {

        String title = "";

        int pieces;
    }

    /** The class as it is. */
    static final class Item {

        String title = "";

        int pieces;
    }

    private static final String OLD_NAME = OldItem.class.getName();

    private static final Attribute<OldItem> OLD = Attribute.of("item", OldItem.class);

    private static final Attribute<Item> ITEM = Attribute.of("item", Item.class).formerly(OLD_NAME);

    private static final Attribute<List<Item>> ITEMS =
            Attribute.listOf("items", Item.class).formerly(OLD_NAME);

    private final Application before = new Application(builder ->
            builder.codec(new JsonSessionCodec(JsonCodecSettings.defaults().withAllowedTypes(OldItem.class))));

    private final SessionEngine after = before.engineWith(builder -> builder.codec(new JsonSessionCodec()));

    private final Visitor visitor = before.visitorDoing(session -> session.put("item", old("pen", 1)));

    private static OldItem old(String title, int pieces) {
        OldItem item = new OldItem();
        item.title = title;
        item.pieces = pieces;
        return item;
    }

    /** A visit to the application of after, with the cookie from the one of before. */
    private void visitAfter(Consumer<Session> work) {
        CookieTransport transport = new CookieTransport(CookieSettings.defaults());
        MockServerHttpRequest request = MockServerHttpRequest.get("/")
                .cookie(new HttpCookie(Application.COOKIE, Objects.requireNonNull(visitor.token())))
                .build();
        new SessionWebFilter(after, transport)
                .filter(
                        MockServerWebExchange.from(request),
                        exchange -> SessionAccess.session(exchange)
                                .doOnNext(work)
                                .then(Mono.defer(() -> exchange.getResponse().setComplete())))
                .block();
    }

    private Item readAfter() {
        List<Item> read = new ArrayList<>();
        visitAfter(session -> read.add(session.get(ITEM)));
        return read.get(0);
    }

    @Test
    @DisplayName("What was stored under the old name is read as the new class, and stays as it is")
    void theOldFormIsRead() {
        visitor.visit();
        String stored = before.payload();

        Item item = readAfter();

        assertThat(stored).contains(OLD_NAME);
        assertThat(item.title).isEqualTo("pen");
        assertThat(before.payload()).isEqualTo(stored);
    }

    @Test
    @DisplayName("Each sees what the other changed, in both directions and again")
    void bothSeeTheOthersChanges() {
        visitor.visit();

        visitAfter(session -> Objects.requireNonNull(session.get(ITEM)).pieces = 2);
        assertThat(visitor.at(before.visitorOf(session -> Objects.requireNonNull(session.get(OLD)).pieces))
                        .visit()
                        .body())
                .isEqualTo("2");
        visitor.at(before.visitorDoing(session -> session.put("item", old("ink", 3))))
                .visit();

        assertThat(readAfter().title).isEqualTo("ink");
        assertThat(readAfter().pieces).isEqualTo(3);
    }

    @Test
    @DisplayName("Changes that both made at the same time are merged by property")
    void changesAreMerged() {
        visitor.visit();

        visitAfter(session -> {
            Objects.requireNonNull(session.get(ITEM)).pieces = 5;
            visitor.at(before.visitorDoing(there -> Objects.requireNonNull(there.get(OLD)).title = "brush"))
                    .visit();
        });

        assertThat(readAfter().title).isEqualTo("brush");
        assertThat(readAfter().pieces).isEqualTo(5);
    }

    @Test
    @DisplayName("The elements of a list are read as well")
    void elementsAreRead() {
        visitor.visit();
        visitor.at(before.visitorDoing(session ->
                        session.put("items", new ArrayList<>(List.of(old("pen", 1), old("ink", 2))))))
                .visit();
        List<String> titles = new ArrayList<>();

        visitAfter(session -> Objects.requireNonNull(session.get(ITEMS)).forEach(item -> titles.add(item.title)));

        assertThat(titles).containsExactly("pen", "ink");
    }

    @Test
    @DisplayName("An attribute that does not say so reads nothing under that name, and damages nothing")
    void theNameMeansNothingElsewhere() {
        visitor.visit();
        String stored = before.payload();
        assertThat(readAfter().title).isEqualTo("pen");
        List<Object> read = new ArrayList<>();

        visitAfter(session -> {
            read.add(String.valueOf(session.get(Attribute.of("item", Item.class))));
            read.add(String.valueOf(session.<Object>get("item")));
        });

        assertThat(read).containsExactly("null", "null");
        assertThat(before.eventsOf(SessionEvent.Unreadable.class)).isNotEmpty();
        assertThat(before.payload()).isEqualTo(stored);
    }
}
