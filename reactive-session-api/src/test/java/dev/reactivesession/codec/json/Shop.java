package dev.reactivesession.codec.json;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The session data of an application, in its own package as far as the allow-list is concerned. */
final class Shop {

    private Shop() {}

    enum Color {
        RED,
        GREEN {
            @Override
            String shout() {
                return "GREEN!";
            }
        };

        String shout() {
            return name();
        }

        @Override
        public String toString() {
            return "the color " + name();
        }
    }

    record Item(String name, int count, BigDecimal price) {}

    record Cart(List<Item> items, Map<Color, Item> byColor, Set<String> tags, Optional<Item> gift, Object anything) {}

    record Point(int x, int y) {}

    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    /** State in private fields without accessors, one of them final. */
    static class Visitor {

        private String name;

        private final List<Object> seen = new ArrayList<>();

        private Map<Point, String> places = new HashMap<>();

        private EnumMap<Color, Integer> votes = new EnumMap<>(Color.class);

        private Instant since = Instant.EPOCH;

        private int[] numbers = {};

        private transient String forgotten = "";

        Visitor() {}

        Visitor(String name, Object... seen) {
            this.name = name;
            this.seen.addAll(List.of(seen));
            this.places.put(new Point(1, 2), "here");
            this.votes.put(Color.GREEN, 3);
            this.since = Instant.parse("2026-01-01T00:00:00.123456789Z");
            this.numbers = new int[] {1, 2, 3};
            this.forgotten = "not stored";
        }

        String forgotten() {
            return forgotten;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Visitor that
                    && getClass() == that.getClass()
                    && Objects.equals(name, that.name)
                    && seen.equals(that.seen)
                    && places.equals(that.places)
                    && votes.equals(that.votes)
                    && since.equals(that.since)
                    && java.util.Arrays.equals(numbers, that.numbers);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, seen, places);
        }
    }

    static final class Member extends Visitor {

        private int points;

        Member() {}

        Member(String name, int points) {
            super(name, 1L, "two");
            this.points = points;
        }

        @Override
        public boolean equals(Object other) {
            return super.equals(other) && ((Member) other).points == points;
        }

        @Override
        public int hashCode() {
            return super.hashCode() + points;
        }
    }

    record Household(Visitor first, Visitor second, List<Visitor> all, Shape[] shapes) {}

    record Node(Object next) {}

    static final class Ring {

        Object next = this;
    }

    static final class Angry {

        private final String word;

        private Angry(String word) {
            throw new IllegalStateException("I was told " + word);
        }

        String word() {
            return word;
        }
    }

    /** Can be written, but has no way back. */
    static final class OneWay {

        private final int number;

        OneWay(int number, String unused) {
            this.number = number + unused.length();
        }

        int number() {
            return number;
        }
    }
}
