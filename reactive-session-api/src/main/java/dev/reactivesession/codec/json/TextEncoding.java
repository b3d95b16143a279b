package dev.reactivesession.codec.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value whose stored form is a JSON string. Written by hand and not left to Jackson, whose forms depend on its settings and lose
 * zones and scales.
 *
 * @param type the class
 * @param writer gives the text
 * @param reader takes it back
 * @param <T> the class
 */
record TextEncoding<T>(Class<T> type, Function<T, String> writer, Function<String, T> reader) {

    /** Numbers of more digits take a computer longer than a request should. */
    static final int LONGEST_NUMBER = 1000;

    private static final int LARGEST_SCALE = 100_000;

    private static final DateTimeFormatter YEAR_MONTH = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR, 4, 10, SignStyle.EXCEEDS_PAD)
            .appendLiteral('-')
            .appendValue(ChronoField.MONTH_OF_YEAR, 2)
            .toFormatter(Locale.ROOT);

    static final List<TextEncoding<?>> ALL = List.of(
            new TextEncoding<>(Character.class, TextEncoding::character, TextEncoding::character),
            new TextEncoding<>(BigInteger.class, number -> number(number.toString()), text -> new BigInteger(number(text))),
            new TextEncoding<>(
                    BigDecimal.class,
                    number -> number(scaled(number).toString()),
                    text -> scaled(new BigDecimal(number(text)))),
            new TextEncoding<>(Instant.class, Instant::toString, Instant::parse),
            new TextEncoding<>(LocalDate.class, LocalDate::toString, LocalDate::parse),
            new TextEncoding<>(LocalTime.class, LocalTime::toString, LocalTime::parse),
            new TextEncoding<>(LocalDateTime.class, LocalDateTime::toString, LocalDateTime::parse),
            new TextEncoding<>(OffsetDateTime.class, OffsetDateTime::toString, OffsetDateTime::parse),
            new TextEncoding<>(OffsetTime.class, OffsetTime::toString, OffsetTime::parse),
            exact(ZonedDateTime.class, ZonedDateTime::toString, ZonedDateTime::parse),
            exact(Duration.class, Duration::toString, Duration::parse),
            new TextEncoding<>(Period.class, Period::toString, Period::parse),
            new TextEncoding<>(Year.class, Year::toString, text -> Year.of(Integer.parseInt(text))),
            new TextEncoding<>(YearMonth.class, YEAR_MONTH::format, text -> YearMonth.parse(text, YEAR_MONTH)),
            new TextEncoding<>(MonthDay.class, MonthDay::toString, MonthDay::parse),
            new TextEncoding<>(ZoneOffset.class, ZoneOffset::getId, ZoneOffset::of),
            exact(ZoneId.class, ZoneId::getId, ZoneId::of),
            new TextEncoding<>(Date.class, date -> date.toInstant().toString(), text -> Date.from(Instant.parse(text))),
            new TextEncoding<>(UUID.class, UUID::toString, UUID::fromString),
            exact(URI.class, URI::toString, URI::create),
            exact(Locale.class, Locale::toLanguageTag, Locale::forLanguageTag),
            new TextEncoding<>(Currency.class, Currency::getCurrencyCode, Currency::getInstance));

    private static final Map<Class<?>, TextEncoding<?>> BY_TYPE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(TextEncoding::type, text -> text));

    static @Nullable TextEncoding<?> of(Class<?> type) {
        TextEncoding<?> text = BY_TYPE.get(type);
        if (text == null && type == char.class) {
            return BY_TYPE.get(Character.class);
        }
        return text == null && ZoneId.class.isAssignableFrom(type) ? BY_TYPE.get(ZoneId.class) : text;
    }

    /** Half of a surrogate pair can be written in a string of JSON, but not read back from a name. */
    static boolean canBeAName(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (Character.isSurrogate(text.charAt(index))) {
                if (index + 1 == text.length()
                        || !Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1))) {
                    return false;
                }
                index++;
            }
        }
        return true;
    }

    private static <T> TextEncoding<T> exact(Class<T> type, Function<T, String> writer, Function<String, T> reader) {
        return new TextEncoding<>(
                type,
                value -> {
                    String text = writer.apply(value);
                    if (!reader.apply(text).equals(value)) {
                        throw new Refusal("this " + type.getSimpleName() + " has no text that gives it back exactly");
                    }
                    return text;
                },
                reader);
    }

    /** Half of a surrogate pair is a char, but no text that UTF-8 could hold. */
    private static String character(Character letter) {
        return Character.isSurrogate(letter) ? "U+" + Integer.toHexString(letter) : letter.toString();
    }

    private static Character character(String text) {
        if (text.length() == 1) {
            return text.charAt(0);
        }
        if (!text.startsWith("U+")) {
            throw new Refusal("a text of another length than 1 is no character");
        }
        return (char) Integer.parseInt(text.substring(2), 16);
    }

    private static String number(String text) {
        if (text.length() > LONGEST_NUMBER) {
            throw new Refusal("a number of " + text.length() + " digits is longer than " + LONGEST_NUMBER);
        }
        return text;
    }

    private static BigDecimal scaled(BigDecimal number) {
        if (Math.abs((long) number.scale()) > LARGEST_SCALE) {
            throw new Refusal("a decimal number of scale " + number.scale() + " is beyond " + LARGEST_SCALE);
        }
        return number;
    }
}
