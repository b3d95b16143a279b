package dev.reactivesession.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.json.Shop.Cart;
import dev.reactivesession.codec.json.Shop.Circle;
import dev.reactivesession.codec.json.Shop.Color;
import dev.reactivesession.codec.json.Shop.Household;
import dev.reactivesession.codec.json.Shop.Item;
import dev.reactivesession.codec.json.Shop.Member;
import dev.reactivesession.codec.json.Shop.Node;
import dev.reactivesession.codec.json.Shop.Point;
import dev.reactivesession.codec.json.Shop.Shape;
import dev.reactivesession.codec.json.Shop.Square;
import dev.reactivesession.codec.json.Shop.Visitor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is stored without a declared type comes back as exactly what it was. */
class JsonSessionCodecRoundTripTest {

    private final JsonSessionCodec codec =
            new JsonSessionCodec(JsonCodecSettings.defaults().withAllowedPackages("dev.reactivesession.codec"));

    static Stream<Object> values() {
        return Stream.of(scalars(), times(), arrays(), collections(), maps(), objects())
                .flatMap(some -> some);
    }

    private static Stream<Object> scalars() {
        return Stream.of(
                "",
                "text",
                "\u0000\u001f\"\\/\u007f\u2028 \u00e9 \ud83d\ude00",
                "\ud83d",
                "\ude00\ud83dx",
                true,
                false,
                0,
                Integer.MIN_VALUE,
                Integer.MAX_VALUE,
                0L,
                5L,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                (byte) -128,
                (byte) 127,
                (short) -32768,
                (short) 1,
                0.0,
                -0.0,
                1.0,
                0.1,
                1e300,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                0.1f,
                -0.0f,
                Float.MAX_VALUE,
                Float.MIN_VALUE,
                Float.NaN,
                Float.NEGATIVE_INFINITY,
                'x',
                '\u0000',
                '"',
                '\u00e9',
                '\ud83d',
                BigInteger.ZERO,
                BigInteger.TWO.pow(200).negate(),
                new BigDecimal("1.50"),
                new BigDecimal("1.500"),
                new BigDecimal("1E+3"),
                new BigDecimal("-0.00"),
                new BigDecimal("1E-400"),
                new BigDecimal("123456789012345678901234567890.123456789"),
                UUID.fromString("123e4567-e89b-12d3-a456-426614174000"),
                URI.create("https://example.com/a%20b?q=%C3%A9#f"),
                Locale.forLanguageTag("de-CH-1996"),
                Locale.ROOT,
                Locale.TRADITIONAL_CHINESE,
                Currency.getInstance("EUR"),
                Color.RED,
                Color.GREEN,
                DayOfWeek.MONDAY,
                Month.DECEMBER,
                TimeUnit.DAYS,
                Optional.empty(),
                Optional.of("x"),
                Optional.of(5L),
                Optional.of(Optional.empty()),
                Optional.of(List.of(1L)),
                OptionalInt.empty(),
                OptionalInt.of(5),
                OptionalLong.of(Long.MAX_VALUE),
                OptionalDouble.of(Double.NaN));
    }

    private static Stream<Object> times() {
        return Stream.of(
                Instant.EPOCH,
                Instant.MIN,
                Instant.MAX,
                Instant.parse("2026-07-31T12:34:56.123456789Z"),
                LocalDate.MIN,
                LocalDate.MAX,
                LocalDate.of(2024, 2, 29),
                LocalTime.MIDNIGHT,
                LocalTime.MAX,
                LocalDateTime.MIN,
                LocalDateTime.of(2024, 2, 29, 1, 2, 3, 4),
                OffsetDateTime.of(2024, 2, 29, 1, 2, 3, 4, ZoneOffset.ofHoursMinutesSeconds(5, 45, 1)),
                OffsetDateTime.MAX,
                OffsetTime.of(1, 2, 3, 4, ZoneOffset.ofHours(-3)),
                ZonedDateTime.of(2024, 2, 29, 1, 2, 3, 4, ZoneId.of("Europe/Berlin")),
                ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 0, ZoneId.of("Europe/Berlin")),
                ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 0, ZoneId.of("Europe/Berlin"))
                        .withLaterOffsetAtOverlap(),
                ZonedDateTime.of(2024, 2, 29, 1, 2, 3, 4, ZoneOffset.ofHours(1)),
                ZonedDateTime.of(2024, 2, 29, 1, 2, 3, 4, ZoneId.of("UTC")),
                ZonedDateTime.of(2024, 2, 29, 1, 2, 3, 4, ZoneId.of("GMT+2")),
                Duration.ZERO,
                Duration.ofSeconds(-1, 1),
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                Duration.ofDays(400),
                Period.of(1, -2, 400),
                Period.ZERO,
                Year.of(5),
                Year.of(-44),
                Year.of(123456),
                YearMonth.of(2024, 2),
                YearMonth.of(5, 1),
                YearMonth.of(-5, 1),
                YearMonth.of(12345, 6),
                MonthDay.of(2, 29),
                ZoneId.of("Europe/Berlin"),
                ZoneId.of("UTC"),
                ZoneId.of("GMT+2"),
                ZoneOffset.UTC,
                ZoneOffset.ofHours(-18),
                new Date(1234567890123L));
    }

    private static Stream<Object> arrays() {
        return Stream.of(
                new byte[] {},
                new byte[] {0, -1, 127, 10},
                new boolean[] {true, false},
                new short[] {1, -2},
                new int[] {},
                new int[] {1, -2},
                new long[] {Long.MAX_VALUE},
                new float[] {0.1f, Float.NaN},
                new double[] {0.1, Double.NaN, Double.NEGATIVE_INFINITY, -0.0},
                new char[] {'a', '\u00e9'},
                new String[] {"a", null, ""},
                new Integer[] {1, null},
                new Long[] {1L},
                new Object[] {1L, "a", null, List.of(2L), new Object[] {}},
                new int[][] {{1}, {}, null},
                new Instant[] {Instant.EPOCH},
                new Color[] {Color.GREEN, Color.RED},
                new Point[] {new Point(1, 2), null},
                new Shape[] {new Circle(1), new Square(2)},
                new Visitor[] {new Visitor("a"), new Member("b", 1)});
    }

    private static Stream<Object> collections() {
        List<Object> mixed =
                Arrays.asList(1, 2L, "three", null, 4.0, 5.0f, new BigDecimal("6.00"), Instant.EPOCH, Color.GREEN);
        return Stream.of(
                new ArrayList<>(),
                new ArrayList<>(mixed),
                new ArrayList<>(
                        List.of(new ArrayList<>(mixed), List.of(1L), new HashSet<>(List.of("x")), Map.of(1, 2L))),
                new ArrayList<>(List.of("Long", 5)),
                new LinkedList<>(mixed),
                new Vector<>(mixed),
                new CopyOnWriteArrayList<>(mixed),
                new HashSet<>(mixed),
                new LinkedHashSet<>(mixed),
                new TreeSet<>(List.of(3L, 1L, 2L)),
                new ConcurrentSkipListSet<>(List.of("b", "a")),
                EnumSet.noneOf(Color.class),
                EnumSet.allOf(Color.class),
                EnumSet.of(Color.GREEN),
                EnumSet.of(DayOfWeek.FRIDAY));
    }

    private static Stream<Object> maps() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("b", 1);
        plain.put("a", null);
        plain.put("@class", "java.lang.Runtime");
        plain.put("", List.of(1L));
        Map<Object, Object> wild = new HashMap<>();
        wild.put(1, "int");
        wild.put(1L, "long");
        wild.put("1", "string");
        wild.put(null, "null");
        wild.put(Color.GREEN, Color.RED);
        wild.put(new Point(1, 2), new Point(3, 4));
        wild.put(List.of(1), Map.of());
        wild.put(LocalDate.EPOCH, UUID.fromString("123e4567-e89b-12d3-a456-426614174000"));
        EnumMap<Color, Object> byColor = new EnumMap<>(Color.class);
        byColor.put(Color.GREEN, 1L);
        byColor.put(Color.RED, null);
        return Stream.of(
                new HashMap<>(Map.of("\ud83d", 1, "\ude00\ud83d", 2, "\ud83d\ude00", 3)),
                plain,
                new HashMap<>(plain),
                wild,
                new LinkedHashMap<>(wild),
                new TreeMap<>(Map.of(1L, "a", 2L, "b")),
                new TreeMap<>(Map.of("b", 1, "a", 2)),
                new ConcurrentHashMap<>(Map.of("a", 1L)),
                new ConcurrentSkipListMap<>(Map.of("a", 1L)),
                byColor);
    }

    private static Stream<Object> objects() {
        return Stream.of(
                new Point(1, 2),
                new Item("pen", 3, new BigDecimal("1.50")),
                new Cart(
                        List.of(new Item("pen", 3, new BigDecimal("1.50"))),
                        new TreeMap<>(Map.of(Color.GREEN, new Item("ink", 1, BigDecimal.ONE))),
                        new LinkedHashSet<>(List.of("b", "a")),
                        Optional.of(new Item("gift", 1, BigDecimal.ZERO)),
                        List.of(new Circle(2), 5L)),
                new Cart(null, null, null, Optional.empty(), null),
                new Visitor(null),
                new Visitor("anna", 1L, List.of(2L), new Point(3, 4)),
                new Member("bob", 7),
                new Node(new Node(new Node(null))),
                new Circle(1.5));
    }

    @ParameterizedTest
    @MethodSource("values")
    void anUndeclaredValueComesBackAsTheSameClassAndEqual(Object value) {
        Object back = roundTrip(value);
        assertThat(back).isExactlyInstanceOf(value.getClass());
        assertSame(back, value);
    }

    @ParameterizedTest
    @MethodSource("values")
    void itComesBackNestedInAListAMapAnObjectAndAnArray(Object value) {
        assertSame(((List<?>) roundTrip(new ArrayList<>(List.of(value, value)))).get(1), value);
        assertSame(((Map<?, ?>) roundTrip(new HashMap<>(Map.of("key", value)))).get("key"), value);
        assertSame(((Map<?, ?>) roundTrip(new HashMap<>(Map.of(Color.RED, value)))).get(Color.RED), value);
        assertSame(((Node) roundTrip(new Node(value))).next(), value);
        assertSame(((Object[]) roundTrip(new Object[] {value}))[0], value);
        assertSame(((Optional<?>) roundTrip(Optional.of(value))).orElseThrow(), value);
    }

    @ParameterizedTest
    @MethodSource("values")
    void encodingWhatWasDecodedGivesTheSameBytesAgain(Object value) {
        EncodedValue first = normal(codec.encode("a", value, null));
        assertThat(normal(first)).isEqualTo(first);
    }

    private EncodedValue normal(EncodedValue value) {
        return codec.encode("a", codec.decode("a", value, null), null);
    }

    static Stream<Collection<?>> unmodifiableCollections() {
        return Stream.of(
                List.of(),
                List.of(1L),
                List.of(3L, 1L, 2L),
                List.of(3L, 1L, 2L).subList(0, 2),
                Stream.of(1L, 2L).toList(),
                Collections.emptyList(),
                Collections.singletonList(1L),
                Collections.nCopies(3, "x"),
                Collections.unmodifiableList(new ArrayList<>(Arrays.asList(1L, null))),
                Collections.unmodifiableList(new LinkedList<>(List.of(1L))),
                Set.of(),
                Set.of(1L),
                Collections.emptySet(),
                Collections.singleton("a"),
                Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList("b", null, "a"))),
                Collections.unmodifiableSortedSet(new TreeSet<>(List.of("b", "a"))),
                Collections.unmodifiableNavigableSet(new TreeSet<>(List.of("b", "a"))),
                Collections.emptySortedSet());
    }

    @ParameterizedTest
    @MethodSource("unmodifiableCollections")
    void anUnmodifiableCollectionIsUnmodifiableAgainAndInTheSameOrder(Collection<?> value) {
        Collection<?> back = (Collection<?>) roundTrip(value);
        assertThat(back).isEqualTo(value);
        assertThat(new ArrayList<Object>(back)).isEqualTo(new ArrayList<>(value));
        assertThatThrownBy(() -> back.add(null)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(codec.encode("a", back, null)).isEqualTo(codec.encode("a", value, null));
    }

    static Stream<Map<?, ?>> unmodifiableMaps() {
        return Stream.of(
                Map.of(),
                Map.of("a", 1L),
                Collections.emptyMap(),
                Collections.singletonMap("a", null),
                Collections.unmodifiableMap(new LinkedHashMap<>(Map.of("a", 1))),
                Collections.unmodifiableSortedMap(new TreeMap<>(Map.of("b", 1, "a", 2))),
                Collections.emptySortedMap());
    }

    @ParameterizedTest
    @MethodSource("unmodifiableMaps")
    void anUnmodifiableMapIsUnmodifiableAgainAndInTheSameOrder(Map<?, ?> value) {
        Map<?, ?> back = (Map<?, ?>) roundTrip(value);
        assertThat(back).isEqualTo(value);
        assertThat(new ArrayList<Object>(back.keySet())).isEqualTo(new ArrayList<>(value.keySet()));
        assertThatThrownBy(() -> back.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThat(codec.encode("a", back, null)).isEqualTo(codec.encode("a", value, null));
    }

    @Test
    void anUnmodifiableSetOrMapWithoutAnOrderIsUnmodifiableAgain() {
        Set<?> set = Set.of("a", "b", "c", "d", "e", "f");
        Set<?> backSet = (Set<?>) roundTrip(set);
        assertThat(backSet).isEqualTo(set);
        assertThatThrownBy(() -> backSet.add(null)).isInstanceOf(UnsupportedOperationException.class);
        for (Map<?, ?> map : List.of(Map.of("a", 1, "b", 2, "c", 3, "d", 4), Map.of(1, "a", 2L, "b"))) {
            Map<?, ?> backMap = (Map<?, ?>) roundTrip(map);
            assertThat(backMap).isEqualTo(map);
            assertThatThrownBy(() -> backMap.remove("a")).isInstanceOf(UnsupportedOperationException.class);
            assertThat(codec.encode("a", backMap, null)).isEqualTo(codec.encode("a", map, null));
        }
    }

    @Test
    void aListOfFixedSizeCanBeSetButNotGrown() {
        @SuppressWarnings("unchecked")
        List<Object> back = (List<Object>) roundTrip(Arrays.asList(1L, null));
        back.set(1, "x");
        assertThat(back).containsExactly(1L, "x");
        assertThatThrownBy(() -> back.add(1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aQueueAndCountersComeBackWithTheirContent() {
        assertThat(new ArrayList<Object>((ArrayDeque<?>) roundTrip(new ArrayDeque<>(List.of(2L, 1L)))))
                .containsExactly(2L, 1L);
        assertThat((AtomicInteger) roundTrip(new AtomicInteger(5))).hasValue(5);
        assertThat((AtomicLong) roundTrip(new AtomicLong(5))).hasValue(5);
        assertThat(roundTrip(Collections.synchronizedList(new ArrayList<>(List.of(1L)))))
                .hasSameClassAs(Collections.synchronizedList(new ArrayList<>()))
                .isEqualTo(List.of(1L));
    }

    @Test
    void aSubclassInAFieldComesBackAsTheSubclass() {
        Visitor visitor = new Visitor("v");
        Member member = new Member("m", 5);
        Household back = (Household)
                roundTrip(new Household(visitor, member, List.of(member, visitor), new Shape[] {new Circle(1), null}));
        assertThat(back.first()).isExactlyInstanceOf(Visitor.class).isEqualTo(visitor);
        assertThat(back.second()).isExactlyInstanceOf(Member.class).isEqualTo(member);
        assertThat(back.all()).containsExactly(member, visitor);
        assertThat(back.shapes()).containsExactly(new Circle(1), null);
    }

    @Test
    void aTransientFieldIsNotStored() {
        assertThat(((Visitor) roundTrip(new Visitor("v"))).forgotten()).isEmpty();
    }

    private Object roundTrip(Object value) {
        return codec.decode("a", codec.encode("a", value, null), null);
    }

    private static void assertSame(Object back, Object value) {
        assertThat(back).isExactlyInstanceOf(value.getClass());
        assertThat(Arrays.deepEquals(new Object[] {back}, new Object[] {value}))
                .as("equal")
                .isTrue();
    }
}
