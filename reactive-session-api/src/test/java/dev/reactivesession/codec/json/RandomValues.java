package dev.reactivesession.codec.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Values of any storable kind, nested. */
final class RandomValues {

    private static final List<String> ZONES =
            List.of("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC", "Z");

    private RandomValues() {}

    static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
            text.appendCodePoint(codePoint(random));
        }
        return text.toString();
    }

    private static int codePoint(Random random) {
        int bound = List.of(0x20, 0x80, 0x800, 0xd800, 0x10ffff).get(random.nextInt(5));
        int point = random.nextInt(bound);
        return Character.isDefined(point) && (point < 0xd800 || point > 0xdfff) ? point : '"';
    }

    static Object value(Random random, int depth) {
        return depth == 0 || random.nextInt(3) > 0 ? scalar(random) : container(random, depth);
    }

    private static Object scalar(Random random) {
        Instant instant = Instant.ofEpochSecond(random.nextLong() % 10_000_000_000L, random.nextInt(1_000_000_000));
        return switch (random.nextInt(20)) {
            case 0 -> text(random);
            case 1 -> random.nextInt();
            case 2 -> random.nextLong();
            case 3 -> random.nextBoolean();
            case 4 -> Double.longBitsToDouble(random.nextLong());
            case 5 -> Float.intBitsToFloat(random.nextInt());
            case 6 -> (short) random.nextInt();
            case 7 -> (byte) random.nextInt();
            case 8 -> (char) random.nextInt();
            case 9 -> new BigInteger(random.nextInt(300), random);
            case 10 -> new BigDecimal(new BigInteger(random.nextInt(300), random), random.nextInt(200) - 100);
            case 11 -> instant;
            case 12 -> LocalDate.ofEpochDay(random.nextInt(10_000_000) - 5_000_000);
            case 13 -> ZonedDateTime.ofInstant(instant, ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))));
            case 14 -> OffsetDateTime.ofInstant(instant, ZoneOffset.ofTotalSeconds(random.nextInt(129_601) - 64_800));
            case 15 -> Duration.ofSeconds(random.nextLong(), random.nextInt(1_000_000_000));
            case 16 -> new UUID(random.nextLong(), random.nextLong());
            case 17 -> Shop.Color.values()[random.nextInt(2)];
            case 18 -> new Shop.Point(random.nextInt(), random.nextInt());
            default -> Optional.of(text(random));
        };
    }

    private static Object container(Random random, int depth) {
        return switch (random.nextInt(8)) {
            case 0 -> elements(random, depth);
            case 1 -> Collections.unmodifiableList(elements(random, depth));
            case 2 -> new HashSet<>(elements(random, depth));
            case 3 -> Set.copyOf(elements(random, depth));
            case 4 -> new HashMap<>(entries(random, depth));
            case 5 -> Map.copyOf(entries(random, depth));
            case 6 -> new Shop.Node(value(random, depth - 1));
            default -> Optional.of(value(random, depth - 1));
        };
    }

    private static List<Object> elements(Random random, int depth) {
        List<Object> elements = new ArrayList<>();
        for (int count = random.nextInt(5); count > 0; count--) {
            elements.add(value(random, depth - 1));
        }
        return elements;
    }

    private static Map<Object, Object> entries(Random random, int depth) {
        boolean names = random.nextBoolean();
        Map<Object, Object> entries = new LinkedHashMap<>();
        for (int count = random.nextInt(5); count > 0; count--) {
            entries.put(names ? text(random) : value(random, depth - 1), value(random, depth - 1));
        }
        return entries;
    }
}
