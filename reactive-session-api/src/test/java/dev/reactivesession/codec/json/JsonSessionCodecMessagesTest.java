package dev.reactivesession.codec.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.reactivesession.Attribute;
import dev.reactivesession.SessionException;
import dev.reactivesession.codec.EncodedValue;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Each message says what is wrong and what would work. */
class JsonSessionCodecMessagesTest {

    private static final String HERE = "dev.reactivesession.codec.json.JsonSessionCodecMessagesTest$";

    private final JsonSessionCodec codec =
            new JsonSessionCodec(JsonCodecSettings.defaults().withAllowedPackages("dev.reactivesession.codec.json"));

    record Upload(String name, Object content) {}

    record Line(String product, int quantity) {}

    record Order(List<Line> lines, Map<String, Line> byName) {}

    static class Parent {

        final List<Child> children = new ArrayList<>();
    }

    static class Child {

        @Nullable
        Parent parent;
    }

    @Test
    void aLambdaHasNoForm() {
        Supplier<String> lambda = () -> "x";
        assertThat(notStorable(lambda, null))
                .startsWith("the attribute 'a' of type " + HERE.substring(0, HERE.length() - 1) + "$$Lambda")
                .endsWith("cannot be stored: a lambda, an anonymous class or a proxy has no form that could be stored:"
                        + " store the values that it works with");
        assertThat(notStorable(new Object() {}, null)).contains("an anonymous class");
    }

    @Test
    void aStreamIsNotAdvisedToBeListed() {
        String expected =
                "the type java.io.ByteArrayInputStream is no value that could be stored, and cannot be allowed:"
                        + " store its content, such as a text, a number or bytes";
        ByteArrayInputStream stream = new ByteArrayInputStream(new byte[0]);
        assertThat(notStorable(stream, null))
                .isEqualTo("the attribute 'a' of type java.io.ByteArrayInputStream cannot be stored: " + expected);
        assertThat(notStorable(new Upload("x", stream), null))
                .isEqualTo("the attribute 'a' of type " + HERE + "Upload cannot be stored: " + expected);
        assertThat(notStorable(stream, java.io.InputStream.class)).endsWith(expected);
    }

    @Test
    void aPromiseOfAValueIsNoValue() {
        assertThat(notStorable(Mono.just(1), null))
                .endsWith(
                        "cannot be stored: a MonoJust is a promise of a value, which cannot be stored: store the value,"
                                + " once it is there");
        assertThat(notStorable(new Upload("x", Flux.just(1)), null)).contains("is a promise of a value");
    }

    @Test
    void aCycleIsNamed() {
        Parent parent = new Parent();
        Child child = new Child();
        child.parent = parent;
        parent.children.add(child);
        assertThat(notStorable(parent, null))
                .isEqualTo("the attribute 'a' of type " + HERE + "Parent cannot be stored: it is a cycle: " + HERE
                        + "Parent -> java.util.ArrayList -> " + HERE + "Child -> " + HERE + "Parent. Keep the id of the"
                        + " other object in place of the object, or make the field transient");
        List<Object> list = new ArrayList<>();
        list.add(list);
        assertThat(notStorable(list, null)).contains("it is a cycle: java.util.ArrayList -> java.util.ArrayList. Keep");
    }

    @Test
    void aClassThatIsGoneIsNamed() {
        assertThat(unreadable(true, "{\"@class\":\"dev.reactivesession.codec.json.Renamed\",\"x\":1}", null))
                .isEqualTo(
                        "the attribute 'a' cannot be read: the type dev.reactivesession.codec.json.Renamed is stored,"
                                + " but it is not on the class path: it was renamed, moved or removed. Name the new"
                                + " one in reactive-session.json.renamed-types, as in"
                                + " dev.reactivesession.codec.json.Renamed->com.example.New, or keep the old one until"
                                + " its sessions have expired");
    }

    @Test
    void aValueOfAnotherFormIsNamedWithItsPlaceAndBothTypes() {
        assertThat(unreadable(false, "\"x\"", Integer.class))
                .isEqualTo("the attribute 'a' cannot be read as java.lang.Integer: a text is stored, but"
                        + " java.lang.Integer is asked for");
        assertThat(unreadable(false, "{\"lines\":[{\"product\":\"pen\",\"quantity\":\"3\"}]}", Order.class))
                .isEqualTo("the attribute 'a' cannot be read as " + HERE + "Order: a text is stored at"
                        + " /lines/0/quantity, but int is asked for");
        assertThat(unreadable(false, "{\"byName\":{\"secret\":{\"quantity\":true}}}", Order.class))
                .contains("a boolean is stored at /byName/*/quantity, but int is asked for")
                .doesNotContain("secret");
        assertThat(unreadable(false, "5", Attribute.listOf("a", String.class).type()))
                .endsWith("a number is stored, but java.util.ArrayList is asked for");
        EncodedValue list = codec.encode("a", new ArrayList<>(List.of(1)), null);
        assertThat(catchThrowable(() -> codec.decode("a", list, String.class)))
                .hasMessage("the attribute 'a' cannot be read as java.lang.String: it is java.util.ArrayList, but its"
                        + " declared type is java.lang.String");
        assertThat(notStorable("5", Integer.class))
                .isEqualTo(
                        "the attribute 'a' of type java.lang.String cannot be stored: it is java.lang.String, but its"
                                + " declared type is java.lang.Integer");
    }

    @Test
    void aClassWithoutAWayBackIsToldWhatWouldComeBack() {
        assertThat(notStorable(new Shop.OneWay(1, ""), null))
                .isEqualTo("the attribute 'a' of type dev.reactivesession.codec.json.Shop$OneWay cannot be stored: it"
                        + " could not be read back: dev.reactivesession.codec.json.Shop$OneWay has no"
                        + " constructor without parameters, none whose parameters are named as its fields, or a"
                        + " field of a type that cannot be read. What comes back: a record, or a class with a"
                        + " constructor without parameters that extends no class with a form of its own; or"
                        + " store the values it is made of");
    }

    private String notStorable(Object value, @Nullable Type declared) {
        Throwable error = catchThrowable(() -> codec.encode("a", value, declared));
        assertThat(error).isInstanceOf(SessionException.NotStorable.class);
        return error.getMessage();
    }

    private String unreadable(boolean typed, String json, @Nullable Type declared) {
        byte[] bytes = json.getBytes(UTF_8);
        Throwable error =
                catchThrowable(() -> codec.decode("a", new EncodedValue(typed, bytes, 0, bytes.length), declared));
        assertThat(error).isInstanceOf(SessionException.Unreadable.class);
        return error.getMessage();
    }
}
