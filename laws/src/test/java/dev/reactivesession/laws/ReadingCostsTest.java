package dev.reactivesession.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reactivesession.Session;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.MergedValue;
import dev.reactivesession.codec.SessionCodec;
import dev.reactivesession.codec.json.JsonSessionCodec;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a read costs: only a value that can be changed in place is encoded to see whether it was")
class ReadingCostsTest {

    private final NotingCodec codec = new NotingCodec();

    private final Application application = new Application(builder -> builder.codec(codec));

    private final DirectClient client = new DirectClient();

    /** Notes which attributes are encoded. */
    private static final class NotingCodec implements SessionCodec {

        private final SessionCodec json = new JsonSessionCodec();

        private final List<String> encoded = new CopyOnWriteArrayList<>();

        @Override
        public Map<String, EncodedValue> split(byte[] payload) {
            return json.split(payload);
        }

        @Override
        public byte[] join(Map<String, EncodedValue> attributes) {
            return json.join(attributes);
        }

        @Override
        public EncodedValue encode(String name, Object value, @Nullable Type declared) {
            encoded.add(name);
            return json.encode(name, value, declared);
        }

        @Override
        public Object decode(String name, EncodedValue value, @Nullable Type declared) {
            return json.decode(name, value, declared);
        }

        @Override
        public Optional<MergedValue> merge(
                EncodedValue base, EncodedValue ours, EncodedValue theirs, @Nullable Type declared) {
            return json.merge(base, ours, theirs, declared);
        }
    }

    private List<String> encodedBy(Map<String, Object> content) {
        client.exchange(application.engine, session -> content.forEach(session::put));
        codec.encoded.clear();
        client.exchange(
                application.engine,
                session -> content.forEach(
                        (name, value) -> assertThat(session.<Object>get(name)).isEqualTo(value)));
        return List.copyOf(codec.encoded);
    }

    @Test
    @DisplayName("Text, numbers, truth, identifiers, constants and times cost no encoding")
    void immutableValues() {
        assertThat(encodedBy(Map.of(
                        "text",
                        "text",
                        "number",
                        5,
                        "exact",
                        new BigDecimal("1.5"),
                        "truth",
                        true,
                        "id",
                        new UUID(1, 2),
                        "place",
                        URI.create("/home"),
                        "day",
                        DayOfWeek.MONDAY,
                        "date",
                        LocalDate.EPOCH,
                        "time",
                        Instant.EPOCH,
                        "while",
                        Duration.ofMinutes(5))))
                .isEmpty();
    }

    @Test
    @DisplayName("A list and a map are encoded once, those that were not read never")
    void valuesThatCanChange() {
        client.exchange(application.engine, session -> session.put("unread", new ArrayList<>(List.of(1))));

        assertThat(encodedBy(Map.of("list", new ArrayList<>(List.of(1)), "text", "text")))
                .containsExactly("list");
    }

    @Test
    @DisplayName(
            "A change of one attribute encodes its new value once, and once the old one as it would be written now")
    void aChange() {
        client.exchange(application.engine, session -> {
            session.put("a", new ArrayList<>(List.of(1)));
            session.put("b", new ArrayList<>(List.of(1)));
        });
        codec.encoded.clear();

        client.exchange(application.engine, session -> session.put("a", 2));

        assertThat(codec.encoded).containsExactly("a", "a");
        assertThat(DirectClient.loaded(client.at(application.engine)).<Integer>get("a"))
                .isEqualTo(2);
        assertThat(client.given).hasSize(1);
    }

    @Test
    @DisplayName("A computed list that is changed afterwards is stored as it is in the end")
    void aComputedList() {
        client.exchange(application.engine, session -> {
            List<Integer> list = session.compute("list", none -> new ArrayList<>(List.of(1)));
            list.add(2);
        });

        Session stored = DirectClient.loaded(client.at(application.engine));
        assertThat(stored.<List<Integer>>get("list")).containsExactly(1, 2);
    }
}
