package dev.reactivesession.codec.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.reactivesession.Attribute;
import dev.reactivesession.SessionException;
import dev.reactivesession.codec.EncodedValue;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was stored can be read: what would not come back as it went in is refused when it is stored. */
class JsonSessionCodecStoringTest {

    private final JsonSessionCodec codec =
            new JsonSessionCodec(JsonCodecSettings.defaults().withAllowedPackages("dev.reactivesession.codec.json"));

    /** Compiled with the names of parameters, which are not those of the fields. */
    public static class Item {

        private String name = "";

        private int quantity;

        public Item() {}

        public Item(String n, int q) {
            this.name = Objects.requireNonNull(n);
            this.quantity = q;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Item that && name.equals(that.name) && quantity == that.quantity;
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, quantity);
        }
    }

    /** The same without a way back. */
    public static class Ware {

        private final String name;

        private final int quantity;

        public Ware(String n, int q) {
            this.name = Objects.requireNonNull(n);
            this.quantity = q;
        }

        int twice() {
            return name.length() + quantity;
        }
    }

    /** Its constructor does not take what its fields may become. */
    public static class Note {

        private @Nullable String text;

        @JsonCreator
        public Note(@JsonProperty("text") String text) {
            this.text = Objects.requireNonNull(text);
        }

        void clear() {
            text = null;
        }
    }

    record Strict(String name, @Nullable String note) {

        Strict {
            Objects.requireNonNull(name);
        }
    }

    public static class Person {

        String name = "";
    }

    public static class Employee extends Person {

        int number = 5;
    }

    /** Says of its field that it holds persons, and no others. */
    public static class Office {

        @JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
        Person head = new Person();
    }

    /** Elements, and beside them a field that no list has. */
    public static class Basket extends ArrayList<String> {

        private static final long serialVersionUID = 1L;

        String owner = "";
    }

    public static class Bag extends HashMap<String, Integer> {

        private static final long serialVersionUID = 1L;

        String owner = "";
    }

    public static class Plain extends ArrayList<String> {

        private static final long serialVersionUID = 1L;
    }

    public static class Counted {

        static final AtomicInteger MADE = new AtomicInteger();

        String name = "x";

        public Counted() {
            MADE.incrementAndGet();
        }
    }

    static Stream<Object> plainClasses() {
        return Stream.of(
                new Item("pen", 3),
                new Item(),
                new ArrayList<>(List.of(new Item("pen", 3))),
                new Strict("a", null),
                new Plain());
    }

    @ParameterizedTest
    @MethodSource("plainClasses")
    void aPlainClassComesBackByItsFields(Object value) {
        assertThat(codec.decode("a", codec.encode("a", value, null), null)).isEqualTo(value);
        assertThat(codec.decode("a", codec.encode("a", value, value.getClass()), value.getClass()))
                .isEqualTo(value);
    }

    @Test
    void aListOfPlainClassesComesBack() {
        Type items = Attribute.listOf("a", Item.class).type();
        List<Item> value = List.of(new Item("pen", 3));
        assertThat(codec.decode("a", codec.encode("a", value, items), items)).isEqualTo(value);
    }

    @Test
    void aClassWithoutAWayBackIsRefusedWhereverItIs() {
        Ware ware = new Ware("pen", 3);
        assertThat(ware.twice()).isPositive();
        for (Object value : List.of(ware, new ArrayList<>(List.of(ware)), Map.of("k", ware), new Shop.Node(ware))) {
            assertNotStorable(value, null);
        }
        assertNotStorable(ware, Ware.class);
        assertNotStorable(List.of(ware), Attribute.listOf("a", Ware.class).type());
        assertThatThrownBy(() -> codec.encode("a", ware, null))
                .hasMessageContaining(Ware.class.getName())
                .hasMessageContaining("a class with a constructor without parameters");
    }

    @Test
    void aNullThatAConstructorRejectsIsRefusedWhenItIsMetFirst() {
        Note note = new Note("text");
        assertThatCode(() -> codec.encode("a", note, null)).doesNotThrowAnyException();
        note.clear();
        assertNotStorable(note, null);
        assertNotStorable(new ArrayList<>(List.of(note)), null);
        assertNotStorable(note, Note.class);
        assertThatCode(() -> codec.encode("a", new Note("text"), null)).doesNotThrowAnyException();
    }

    @Test
    void noTypeIsStoredAsAnother() {
        Office office = new Office();
        assertThatCode(() -> codec.encode("a", office, null)).doesNotThrowAnyException();
        office.head = new Employee();
        assertNotStorable(office, null);
        assertNotStorable(office, Office.class);
        assertThat(codec.decode("a", codec.encode("a", new Employee(), Person.class), Person.class))
                .isExactlyInstanceOf(Employee.class);
    }

    @Test
    void aCollectionWithFieldsOfItsOwnIsRefused() {
        assertNotStorable(new Basket(), null);
        assertNotStorable(new Bag(), null);
        assertThatThrownBy(() -> codec.encode("a", new Basket(), null))
                .hasMessageContaining("Basket")
                .hasMessageContaining("owner");
    }

    @Test
    void aClassIsReadBackOnceAndNotEachTime() {
        codec.encode("a", new Counted(), null);
        codec.encode("a", List.of(new Counted()), null);
        Counted counted = new Counted();
        int made = Counted.MADE.get();
        for (int round = 0; round < 10; round++) {
            codec.encode("a", counted, null);
            codec.encode("a", List.of(counted), null);
        }
        assertThat(Counted.MADE).hasValue(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e400", "1e-999999999", "0.0001e-400"})
    void aNumberBeyondItsTypeIsUnreadable(String number) {
        assertUnreadable(false, number, null);
        assertUnreadable(false, number, Double.class);
        assertUnreadable(false, number, double.class);
        assertUnreadable(false, number, Float.class);
        assertUnreadable(false, "[" + number + "]", double[].class);
        assertUnreadable(false, "[1," + number + "]", null);
        assertUnreadable(false, "[" + number + "]", Attribute.listOf("a", Double.class).type());
        assertUnreadable(true, "[\"Double\"," + number + "]", null);
        assertUnreadable(true, "[\"Float\"," + number + "]", null);
        assertUnreadable(true, "[\"ArrayList\",[" + number + "]]", null);
        assertUnreadable(true, "[\"double[]\",[" + number + "]]", null);
    }

    @Test
    void aNumberOfItsTypeIsReadable() {
        assertThat(codec.decode("a", value(false, "1e400"), java.math.BigDecimal.class))
                .isEqualTo(new java.math.BigDecimal("1e400"));
        assertThat(codec.decode("a", value(false, "0e-999"), null)).isEqualTo(0.0);
        assertThat(codec.decode("a", value(false, "4.9E-324"), null)).isEqualTo(Double.MIN_VALUE);
        assertUnreadable(false, "1e300", Float.class);
    }

    private void assertNotStorable(Object value, @Nullable Type declared) {
        for (int round = 0; round < 2; round++) {
            assertThatThrownBy(() -> codec.encode("a", value, declared))
                    .as(value.getClass().getName())
                    .isInstanceOf(SessionException.NotStorable.class);
        }
    }

    private void assertUnreadable(boolean typed, String json, @Nullable Type declared) {
        assertThatThrownBy(() -> codec.decode("a", value(typed, json), declared))
                .as(json + Arrays.asList(declared))
                .isInstanceOf(SessionException.Unreadable.class);
    }

    private static EncodedValue value(boolean typed, String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return new EncodedValue(typed, bytes, 0, bytes.length);
    }
}
