package dev.reactivesession.codec.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.reactivesession.Attribute;
import dev.reactivesession.SessionException;
import dev.reactivesession.codec.EncodedValue;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 23 and what hostile data may not do. */
class JsonSessionCodecSafetyTest {

    private static final String SECRET = "s3cr3t-c0nt3nt";

    private final JsonSessionCodec strict = new JsonSessionCodec();

    private final JsonSessionCodec codec =
            new JsonSessionCodec(JsonCodecSettings.defaults().withAllowedPackages("dev.reactivesession.codec"));

    record Holder(Object value) {}

    record Paths(File file) {}

    record Address(InetAddress address) {}

    record Kind(Class<?> type) {}

    @Test
    void anUnlistedTypeIsNotStorableAndTheErrorNamesItAndTheSetting() {
        assertThatThrownBy(() -> strict.encode("cart", new Shop.Point(1, 2), null))
                .isInstanceOf(SessionException.NotStorable.class)
                .hasMessageContaining("'cart'")
                .hasMessageContaining("dev.reactivesession.codec.json.Shop$Point")
                .hasMessageContaining("reactive-session.json.allowed-packages");
        assertThatThrownBy(() -> strict.encode("a", new ArrayList<>(List.of(new Shop.Point(1, 2))), null))
                .isInstanceOf(SessionException.NotStorable.class);
        assertThatThrownBy(() -> strict.encode("a", Shop.Color.GREEN, null))
                .isInstanceOf(SessionException.NotStorable.class);
        assertThatThrownBy(() -> strict.encode("a", new Shop.Point[0], null))
                .isInstanceOf(SessionException.NotStorable.class);
    }

    @Test
    void anUnlistedTypeIsUnreadableAndTheErrorNamesItAndTheSetting() {
        EncodedValue value = codec.encode("cart", new Shop.Point(1, 2), null);
        assertThatThrownBy(() -> strict.decode("cart", value, null))
                .isInstanceOf(SessionException.Unreadable.class)
                .hasMessageContaining("dev.reactivesession.codec.json.Shop$Point")
                .hasMessageContaining("reactive-session.json.allowed-packages");
    }

    @Test
    void anUnlistedTypeInAFieldOfAListedOneIsRefused() {
        JsonSessionCodec one = new JsonSessionCodec(JsonCodecSettings.defaults().withAllowedTypes(Shop.Cart.class));
        Shop.Cart cart = new Shop.Cart(List.of(new Shop.Item("pen", 1, BigDecimal.ONE)), null, null, null, null);
        assertThatThrownBy(() -> one.encode("a", cart, null))
                .isInstanceOf(SessionException.NotStorable.class)
                .hasMessageContaining("Shop$Item");
        assertThatThrownBy(() -> one.decode("a", codec.encode("a", cart, null), null))
                .isInstanceOf(SessionException.Unreadable.class)
                .hasMessageContaining("Shop$Item");
        assertThatCode(() -> one.encode("a", new Shop.Cart(null, null, null, null, 1L), null))
                .doesNotThrowAnyException();
    }

    @Test
    void aPackageIsListedUpToADotAndATypeAsAWhole() {
        JsonSessionCodec shorter =
                new JsonSessionCodec(JsonCodecSettings.defaults().withAllowedPackages("dev.reactivesession.cod"));
        assertThatThrownBy(() -> shorter.encode("a", new Shop.Point(1, 2), null))
                .isInstanceOf(SessionException.NotStorable.class);
        JsonSessionCodec above =
                new JsonSessionCodec(JsonCodecSettings.defaults().withAllowedPackages("dev.reactivesession"));
        assertThatCode(() -> above.encode("a", new Shop.Point(1, 2), null)).doesNotThrowAnyException();
        JsonSessionCodec outer =
                new JsonSessionCodec(JsonCodecSettings.defaults().withAllowedTypes(Shop.class));
        assertThatThrownBy(() -> outer.encode("a", new Shop.Point(1, 2), null))
                .isInstanceOf(SessionException.NotStorable.class);
        JsonSessionCodec exact =
                new JsonSessionCodec(JsonCodecSettings.defaults().withAllowedTypes(Shop.Point.class));
        assertThat(exact.decode("a", exact.encode("a", new Shop.Point(1, 2), null), null))
                .isEqualTo(new Shop.Point(1, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "java",
                "java.util",
                "javax.swing",
                "sun.misc",
                "com.sun.rowset",
                "com",
                "org",
                "com.",
                ".x",
                "a b",
                "com.*"
            })
    void aPackageThatIsTooWideOrNoneIsMisconfigured(String name) {
        assertThatThrownBy(() -> JsonCodecSettings.defaults().withAllowedPackages(name))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("reactive-session.json.allowed-packages")
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void boundsOutOfRangeAreMisconfiguredAndNamed() {
        assertThatThrownBy(() -> JsonCodecSettings.defaults().withMaxPayload(1023))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("reactive-session.json.max-payload is 1023");
        assertThatThrownBy(() -> JsonCodecSettings.defaults().withMaxDepth(501))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("reactive-session.json.max-depth");
        assertThatThrownBy(() -> JsonCodecSettings.defaults().withMaxAttributes(0))
                .isInstanceOf(SessionException.Misconfigured.class)
                .hasMessageContaining("reactive-session.json.max-attributes");
    }

    static Stream<String> gadgets() {
        return Stream.of(
                "java.lang.Runtime",
                "java.lang.ProcessBuilder",
                "java.lang.Class",
                "java.lang.Thread",
                "java.io.File",
                "java.io.FileInputStream",
                "java.net.URL",
                "java.net.URLClassLoader",
                "java.net.InetAddress",
                "java.net.InetSocketAddress",
                "java.util.Timer",
                "java.util.Scanner",
                "java.util.PriorityQueue",
                "java.util.Properties",
                "java.util.IdentityHashMap",
                "java.util.ServiceLoader",
                "java.util.ArrayList",
                "java.util.regex.Pattern",
                "java.util.logging.FileHandler",
                "java.util.concurrent.atomic.AtomicReference",
                "java.sql.Timestamp",
                "javax.sql.rowset.BaseRowSet",
                "javax.script.ScriptEngineManager",
                "javax.swing.JEditorPane",
                "javax.management.BadAttributeValueExpException",
                "com.sun.rowset.JdbcRowSetImpl",
                "com.sun.org.apache.xalan.internal.xsltc.trax.TemplatesImpl",
                "sun.misc.Unsafe",
                "jdk.internal.misc.Unsafe",
                "org.springframework.context.support.ClassPathXmlApplicationContext",
                "org.springframework.beans.factory.config.PropertyPathFactoryBean",
                "tools.jackson.databind.node.ObjectNode",
                "Runtime",
                "Class",
                "Object",
                "int",
                "java.lang.Runtime[]",
                "[Ljava.lang.Runtime;",
                "EnumSet<java.lang.Runtime>",
                "EnumSet<java.lang.Thread$State>",
                "EnumMap<java.lang.Runtime>",
                "java.util.HashMap<java.lang.Runtime,java.lang.Runtime>",
                "dev.reactivesession.codecs.Shop",
                "dev.reactivesession.codec",
                "dev.reactivesession.codec.",
                "dev.reactivesession.codec.json.Gone",
                "");
    }

    @ParameterizedTest
    @MethodSource("gadgets")
    void aTypeThatIsNoValueIsUnreadableWhereverTheDataNamesIt(String type) {
        for (String content : List.of("{}", "[]", "\"x\"", "1", "null", "{\"a\":1}", "[\"x\"]")) {
            List<String> hostile = List.of(
                    "[\"" + type + "\"," + content + "]",
                    "[\"ArrayList\",[[\"" + type + "\"," + content + "]]]",
                    "[\"HashMap\",{\"a\":[\"" + type + "\"," + content + "]}]",
                    "[\"HashMap\",[[[\"" + type + "\"," + content + "],1]]]",
                    "[\"Optional\",[[\"" + type + "\"," + content + "]]]",
                    "[\"Object[]\",[[\"" + type + "\"," + content + "]]]",
                    "{\"@class\":\"" + type + "\"}",
                    "{\"@class\":\"" + type + "\",\"value\":" + content + "}",
                    "{\"@class\":\"dev.reactivesession.codec.json.Shop$Node\",\"next\":[\"" + type + "\"," + content
                            + "]}",
                    "{\"@class\":\"dev.reactivesession.codec.json.Shop$Node\",\"next\":{\"@class\":\"" + type + "\"}}");
            hostile.forEach(json -> assertUnreadable(value(true, json), null));
            if (!Set.of("Object", "int").contains(type)) {
                assertUnreadable(value(true, "[\"" + type + "[]\",[" + content + "]]"), null);
            }
            assertUnreadable(value(false, "{\"value\":[\"" + type + "\"," + content + "]}"), Holder.class);
            assertUnreadable(value(false, "{\"value\":{\"@class\":\"" + type + "\"}}"), Holder.class);
            assertUnreadable(
                    value(false, "[[\"" + type + "\"," + content + "]]"),
                    Attribute.listOf("a", Object.class).type());
            assertUnreadable(value(false, "[\"" + type + "\"," + content + "]"), Comparable.class);
        }
    }

    @Test
    void classesOfTheJdkThatAreNoValuesAreRefusedEvenWhenTheyAreDeclared() throws Exception {
        assertUnreadable(value(false, "{\"file\":\"/etc/passwd\"}"), Paths.class);
        assertUnreadable(value(false, "{\"address\":\"example.com\"}"), Address.class);
        assertUnreadable(value(false, "{\"type\":\"java.lang.Runtime\"}"), Kind.class);
        assertUnreadable(value(false, "\"java.lang.Runtime\""), Class.class);
        assertNotStorable(new Paths(new File("x")), Paths.class);
        assertNotStorable(new Kind(String.class), Kind.class);
    }

    static Stream<Object> unstorable() throws Exception {
        IdentityHashMap<Object, Object> identity = new IdentityHashMap<>();
        identity.put("a", 1);
        return Stream.of(
                new Object(),
                new File("x"),
                new URL("http://localhost/"),
                InetSocketAddress.createUnresolved("localhost", 1),
                String.class,
                Pattern.compile("x"),
                new PriorityQueue<>(List.of(1)),
                new Properties(),
                identity,
                new AtomicReference<>(1),
                new StringBuilder("x"),
                new IllegalStateException("x"),
                new java.sql.Timestamp(0),
                new ArrayList<>(List.of(1, 2)).subList(0, 1),
                new HashMap<>(Map.of("a", 1)).keySet(),
                new HashMap<>(Map.of("a", 1)).values(),
                new HashMap<>(Map.of("a", 1)).entrySet().iterator().next(),
                Thread.State.NEW,
                Stream.empty(),
                new EnumMap<>(Shop.Color.class),
                (Runnable & java.io.Serializable) () -> {},
                (Supplier<String>) () -> "x",
                Proxy.newProxyInstance(
                        JsonSessionCodecSafetyTest.class.getClassLoader(),
                        new Class<?>[] {Comparator.class},
                        (proxy, method, arguments) -> null),
                new ArrayList<>(List.of(1)) {
                    private static final long serialVersionUID = 1L;
                },
                new Object() {
                    int number = 5;
                },
                new Shop.OneWay(1, ""),
                new BigInteger("9".repeat(1001)),
                new BigDecimal(BigInteger.ONE, Integer.MAX_VALUE),
                new Inner());
    }

    /** Holds on to the test that it was made in. */
    @SuppressWarnings("ClassCanBeStatic")
    static final class Inner {
        final Object outer = new JsonSessionCodecSafetyTest().new Part();
    }

    final class Part {
        int number = 5;
    }

    @ParameterizedTest
    @MethodSource("unstorable")
    void whatCannotBeGivenBackExactlyIsNotStorable(Object value) {
        assertNotStorable(value, null);
        assertNotStorable(new ArrayList<>(Arrays.asList(1, value)), null);
        assertNotStorable(new Shop.Node(value), null);
        assertNotStorable(Optional.of(value), null);
        assertNotStorable(new Object[] {value}, null);
        assertNotStorable(new Holder(value), Holder.class);
    }

    @Test
    void aValueNestedInItselfIsNotStorable() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        assertNotStorable(list, null);
        Map<String, Object> map = new HashMap<>();
        map.put("self", map);
        assertNotStorable(map, null);
        Object[] array = new Object[1];
        array[0] = array;
        assertNotStorable(array, null);
        assertNotStorable(new Shop.Ring(), null);
        assertNotStorable(new Shop.Ring(), Shop.Ring.class);
        List<Object> optional = new ArrayList<>();
        optional.add(Optional.of(optional));
        assertNotStorable(optional, null);
    }

    @Test
    void aValueNestedTooDeeplyIsRefusedBothWaysWithTheSameBound() {
        Object deep = 1;
        for (int depth = 0; depth < 100; depth++) {
            deep = List.of(deep);
        }
        Object fits = deep;
        assertThat(codec.decode("a", codec.encode("a", fits, null), null)).isEqualTo(fits);
        assertThat(codec.split(codec.join(Map.of("a", codec.encode("a", fits, null)))))
                .hasSize(1);
        assertNotStorable(List.of(fits), null);
        assertThatThrownBy(() -> codec.encode("a", List.of(fits), null))
                .hasMessageContaining("reactive-session.json.max-depth");
        assertUnreadable(value(true, "[\"List\",[".repeat(300) + "1" + "]]".repeat(300)), null);
        assertUnreadable(value(false, "[".repeat(300) + "]".repeat(300)), null);
        assertUnreadable(
                value(
                        true,
                        "{\"@class\":\"dev.reactivesession.codec.json.Shop$Node\",\"next\":".repeat(300) + "1"
                                + "}".repeat(300)),
                null);
        assertUnreadable(value(true, "[\"int" + "[]".repeat(100_000) + "\",[]]"), null);
    }

    @Test
    void aValueThatNeverEndsIsTooLarge() {
        Object twice = "x".repeat(100);
        for (int depth = 0; depth < 60; depth++) {
            twice = Arrays.asList(twice, twice);
        }
        Object bomb = twice;
        assertThatThrownBy(() -> codec.encode("a", bomb, null))
                .isInstanceOf(SessionException.TooLarge.class)
                .hasMessageContaining("reactive-session.json.max-payload");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"BigInteger\",\"%s\"]",
                "[\"BigDecimal\",\"%s\"]",
                "[\"BigDecimal\",%s]",
                "[\"BigInteger\",%s]",
                "[\"Long\",%s]",
                "[\"Double\",%s]"
            })
    void hugeNumbersAreUnreadable(String form) {
        assertUnreadable(value(true, form.formatted("9".repeat(1001))), null);
    }

    @Test
    void numbersBeyondTheirTypeAreUnreadable() {
        assertUnreadable(value(true, "[\"BigDecimal\",\"1E-1000000000\"]"), null);
        assertUnreadable(value(true, "[\"BigDecimal\",\"1E1000000000\"]"), null);
        assertUnreadable(value(true, "[\"Long\",9223372036854775808]"), null);
        assertUnreadable(value(true, "[\"Short\",40000]"), null);
        assertUnreadable(value(true, "[\"int[]\",[3000000000]]"), null);
        assertUnreadable(value(true, "[\"Instant\",\"x\"]"), null);
        assertUnreadable(value(true, "[\"Character\",\"xy\"]"), null);
        assertUnreadable(value(true, "[\"Long\",\"5\"]"), null);
        assertUnreadable(value(true, "[\"Long\",5,6]"), null);
        assertUnreadable(value(true, "[\"Long\"]"), null);
        assertUnreadable(value(true, "[]"), null);
        assertUnreadable(value(true, "[5,5]"), null);
        assertUnreadable(value(true, "{}"), null);
        assertUnreadable(value(true, "{\"a\":1}"), null);
        assertUnreadable(value(true, "{\"@class\":5}"), null);
        assertUnreadable(value(true, "5 5"), null);
        assertUnreadable(value(true, ""), null);
    }

    @Test
    void noErrorRepeatsContent() {
        List<Throwable> errors = List.of(
                error(() -> codec.decode("a", value(false, "\"" + SECRET + "\""), Integer.class)),
                error(() -> codec.decode("a", value(false, "\"" + SECRET + "\""), Shop.Color.class)),
                error(() -> codec.decode("a", value(false, "\"" + SECRET + "\""), Shop.Point.class)),
                error(() -> codec.decode("a", value(false, "{\"x\":\"" + SECRET + "\"}"), Shop.Point.class)),
                error(() -> codec.decode("a", value(false, "{\"" + SECRET + "\":1"), Shop.Point.class)),
                error(() -> codec.decode(
                        "a",
                        value(false, "{\"" + SECRET + "\":{\"x\":[]}}"),
                        Attribute.mapOf("a", String.class, Shop.Point.class).type())),
                error(() -> codec.decode("a", value(false, "{\"word\":\"" + SECRET + "\"}"), Shop.Angry.class)),
                error(() -> codec.decode("a", value(false, SECRET), null)),
                error(() -> codec.decode("a", value(true, "[\"" + SECRET + "\",1]"), null)),
                error(() -> codec.decode("a", value(true, "{\"@class\":\"" + SECRET + "\"}"), null)),
                error(() -> codec.decode("a", value(true, "[\"Instant\",\"" + SECRET + "\"]"), null)),
                error(() -> codec.decode("a", value(true, "[\"URI\",\"" + SECRET + " \"]"), null)),
                error(() -> codec.decode("a", value(true, "[\"Currency\",\"" + SECRET + "\"]"), null)),
                error(() -> codec.decode("a", value(true, "[\"byte[]\",\"" + SECRET + "\"]"), null)),
                error(() -> codec.decode(
                        "a",
                        value(
                                true,
                                "{\"@class\":\"dev.reactivesession.codec.json.Shop$Item\",\"count\":\"" + SECRET
                                        + "\"}"),
                        null)),
                error(() -> codec.split(("[1,{\"a\":" + SECRET + "}]").getBytes(UTF_8))),
                error(() -> codec.split(("[1,{\"" + SECRET + "\":1,\"" + SECRET + "\":2}]").getBytes(UTF_8))),
                error(() -> codec.encode("a", new Leaky(), null)),
                error(() -> codec.encode("a", new Leaky(), Leaky.class)),
                error(() -> codec.encode("a", SECRET, Integer.class)),
                error(() -> codec.encode("a", Map.of(SECRET, new Object()), null)));
        assertThat(errors).allSatisfy(error -> assertThat(printed(error)).doesNotContain(SECRET));
    }

    static final class Leaky {

        @com.fasterxml.jackson.annotation.JsonProperty
        String word() {
            throw new IllegalStateException(SECRET);
        }

        @com.fasterxml.jackson.annotation.JsonProperty
        void word(String word) {
            assertThat(word).isNotNull();
        }
    }

    @Test
    void whatAConstructorThrowsIsUnreadableAndNamesItsClass() {
        assertThatThrownBy(() -> codec.decode("a", value(false, "{\"amount\":-1}"), Positive.class))
                .isInstanceOf(SessionException.Unreadable.class)
                .hasMessageContaining("java.lang.ArithmeticException")
                .hasMessageContaining(Positive.class.getName())
                .cause()
                .hasMessage("java.lang.ArithmeticException")
                .satisfies(cause ->
                        assertThat(cause.getStackTrace()[0].getClassName()).isEqualTo(Positive.class.getName()));
        assertUnreadable(value(false, "{\"amount\":-2}"), Positive.class);
        assertUnreadable(value(false, "{\"amount\":-3}"), Positive.class);
    }

    record Positive(int amount) {

        Positive {
            if (amount == -1) {
                throw new ArithmeticException("negative");
            }
            if (amount == -2) {
                throw new AssertionError("negative");
            }
            if (amount == -3) {
                throw new StackOverflowError();
            }
        }
    }

    @Test
    void mutatedPayloadsAreReadOrUnreadableAndNothingElse() {
        List<byte[]> seeds = seeds();
        Random random = new Random(7);
        int read = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] payload = mutated(seeds.get(random.nextInt(seeds.size())), random);
            try {
                Map<String, EncodedValue> attributes = codec.split(payload);
                codec.join(attributes);
                read += decoded(attributes);
            } catch (SessionException.Unreadable expected) {
                assertThat(expected.getMessage()).isNotEmpty();
            }
        }
        assertThat(read).isPositive();
    }

    private int decoded(Map<String, EncodedValue> attributes) {
        int read = 0;
        for (Map.Entry<String, EncodedValue> attribute : attributes.entrySet()) {
            try {
                codec.decode(attribute.getKey(), attribute.getValue(), null);
                if (!attribute.getValue().typed()) {
                    codec.decode(attribute.getKey(), attribute.getValue(), Shop.Cart.class);
                }
                read++;
            } catch (SessionException.Unreadable expected) {
                assertThat(expected.getMessage()).isNotEmpty();
            }
        }
        return read;
    }

    private List<byte[]> seeds() {
        Random random = new Random(3);
        List<byte[]> seeds = new ArrayList<>();
        for (int seed = 0; seed < 200; seed++) {
            Map<String, EncodedValue> attributes = new LinkedHashMap<>();
            for (int count = 1 + random.nextInt(4); count > 0; count--) {
                String name = RandomValues.text(random);
                attributes.put(name, codec.encode(name, RandomValues.value(random, 3), null));
            }
            Shop.Cart cart = new Shop.Cart(List.of(), Map.of(), null, Optional.empty(), random.nextInt());
            attributes.put("cart", codec.encode("cart", cart, Shop.Cart.class));
            seeds.add(codec.join(attributes));
        }
        return seeds;
    }

    private static byte[] mutated(byte[] seed, Random random) {
        byte[] payload = seed.clone();
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int at = random.nextInt(payload.length);
            switch (random.nextInt(5)) {
                case 0 -> payload[at] = (byte) random.nextInt();
                case 1 -> payload[at] = (byte) "[]{}\",:0129-eE.\\tfnu".charAt(random.nextInt(20));
                case 2 -> payload = Arrays.copyOf(payload, Math.max(1, at));
                case 3 -> {
                    int from = random.nextInt(payload.length);
                    int count = Math.min(random.nextInt(20), payload.length - Math.max(at, from));
                    System.arraycopy(payload, from, payload, at, count);
                }
                default -> payload[at] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return payload;
    }

    private void assertNotStorable(Object value, java.lang.reflect.Type declared) {
        assertThatThrownBy(() -> codec.encode("a", value, declared))
                .as(value.getClass().getName())
                .isInstanceOf(SessionException.NotStorable.class);
    }

    private void assertUnreadable(EncodedValue value, java.lang.reflect.Type declared) {
        assertThatThrownBy(() -> codec.decode("a", value, declared))
                .as(new String(value.buffer(), 0, Math.min(value.length(), 200), UTF_8))
                .isInstanceOf(SessionException.Unreadable.class);
    }

    private static Throwable error(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        Throwable error = catchThrowable(call);
        assertThat(error).isInstanceOf(SessionException.class);
        return error;
    }

    private static String printed(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static EncodedValue value(boolean typed, String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return new EncodedValue(typed, bytes, 0, bytes.length);
    }
}
