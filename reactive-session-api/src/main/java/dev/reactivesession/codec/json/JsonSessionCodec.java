package dev.reactivesession.codec.json;

import dev.reactivesession.SessionException;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.MergedValue;
import dev.reactivesession.codec.SessionCodec;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Attributes as JSON. A payload is {@code [1,{plain},{typed}]}: the number of the format, the attributes whose form is plain JSON,
 * and, if there are any, those whose form names its own type.
 *
 * <p>Strings, booleans, ints and finite doubles are plain, and so is every value with a declared type. It is read back as what is
 * declared: a list as an {@code ArrayList}, a set and a map in their order. Read without its declared type, it is what JSON makes
 * of it: {@code Integer} (or {@code Long}, {@code BigInteger} when larger), {@code Double}, {@code ArrayList},
 * {@code LinkedHashMap}.
 *
 * <p>Everything else is typed, and comes back as the class that it was: an unmodifiable collection is unmodifiable again and in the
 * same order, a {@code BigDecimal} has its scale, a {@code ZonedDateTime} its zone. Null is allowed within collections, maps and
 * objects. What cannot be given back exactly is refused when it is stored: a sorted set with a comparator, say.
 *
 * <p>The state of an object is its fields, and so is what is stored of it, unless annotations of Jackson say otherwise; fields that
 * a class no longer has are passed over. The value types of the JDK need no permission. Other classes must be allow-listed
 * wherever stored data names them; a class that only declared types lead to is named by code, and needs not be. Nothing is
 * ever deserialized natively, and no class is loaded before its name was found allowed, unless a {@link
 * JsonCodecSettings#validator() validator} has to see it.
 *
 * <p>Error messages, their causes included, hold no content.
 */
public final class JsonSessionCodec implements SessionCodec {

    static final int FORMAT = 1;

    private static final int REMEMBERED_TYPES = 1000;

    private final PayloadSplitter splitter;

    private final PayloadJoiner joiner;

    private final JsonMapper declaredTypes;

    private final ObjectWriter exactWriter;

    private final ObjectWriter declaredWriter;

    private final ObjectReader exactReader;

    private final ObjectReader naturalReader;

    private final JavaType anything;

    private final ValueMerger merger;

    private final int maxPayload;

    private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

    /** Creates a codec for the value types of the JDK. */
    public JsonSessionCodec() {
        this(JsonCodecSettings.defaults());
    }

    /**
     * Creates a codec.
     *
     * @param settings what may be stored
     */
    public JsonSessionCodec(JsonCodecSettings settings) {
        AllowedTypes allowed = new AllowedTypes(settings);
        JsonMapper exactTypes = Mappers.exactReader(settings, allowed);
        this.declaredTypes = Mappers.declaredReader(settings, allowed);
        this.splitter = new PayloadSplitter(settings);
        this.joiner = new PayloadJoiner(settings);
        this.exactWriter = writer(Mappers.exactWriter(settings, allowed, exactTypes));
        this.declaredWriter = writer(Mappers.declaredWriter(settings, allowed, declaredTypes));
        this.exactReader = exactTypes.readerFor(Object.class);
        this.naturalReader = Mappers.natural(settings).readerFor(Object.class);
        this.anything = exactTypes.constructType(Object.class);
        this.maxPayload = settings.maxPayload();
        this.merger = new ValueMerger(this, exactTypes, declaredTypes, Mappers.factory(settings));
    }

    private static ObjectWriter writer(JsonMapper mapper) {
        return mapper.writer().withAttribute(SlotWriters.class, new SlotWriters());
    }

    @Override
    public Map<String, EncodedValue> split(byte[] payload) {
        return splitter.split(payload);
    }

    @Override
    public byte[] join(Map<String, EncodedValue> attributes) {
        return joiner.join(attributes);
    }

    /**
     * {@inheritDoc}
     *
     * @throws SessionException.TooLarge when the value alone is larger than a payload may be
     */
    @Override
    public EncodedValue encode(String name, Object value, @Nullable Type declared) {
        Objects.requireNonNull(value, "value");
        try {
            return declared != null ? plain(value, declared) : isNatural(value) ? natural(value) : exact(value);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failure) {
            throw Failures.find(BoundedBytes.Overflow.class, failure) != null
                    ? tooLarge(name)
                    : Failures.notStorable(name, value, failure);
        }
    }

    @Override
    public Object decode(String name, EncodedValue value, @Nullable Type declared) {
        String simple = declared == null || declared == String.class ? SimpleText.decode(value) : null;
        if (simple != null) {
            return simple;
        }
        try {
            return present(declared == null ? undeclared(value) : as(declared, value));
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failure) {
            throw Failures.unreadable(name, declared, failure);
        }
    }

    @Override
    public Optional<MergedValue> merge(
            EncodedValue base, EncodedValue ours, EncodedValue theirs, @Nullable Type declared) {
        try {
            return merger.merge(base, ours, theirs, declared);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError cannotBeMerged) {
            return Optional.empty();
        }
    }

    private SessionException tooLarge(String name) {
        return new SessionException.TooLarge(
                "the attribute '" + name + "' is over reactive-session.json.max-payload=" + maxPayload, Map.of());
    }

    private EncodedValue natural(Object value) {
        EncodedValue simple = value instanceof String text ? SimpleText.encode(text, maxPayload) : null;
        return simple != null ? simple : write(declaredWriter, value, false);
    }

    private EncodedValue exact(Object value) {
        return write(exactWriter, new Slot(anything, value), true);
    }

    private EncodedValue plain(Object value, Type declared) {
        JavaType type = reader(declared).getValueType();
        if (!MethodType.methodType(type.getRawClass()).wrap().returnType().isInstance(value)) {
            throw new Refusal("it is no " + type.getRawClass().getName() + ", which is its declared type");
        }
        return write(declaredWriter, new Slot(type, value), false);
    }

    private EncodedValue write(ObjectWriter writer, Object value, boolean typed) {
        BoundedBytes bytes = new BoundedBytes(maxPayload);
        writer.writeValue(bytes, value);
        return bytes.encoded(typed);
    }

    private @Nullable Object undeclared(EncodedValue value) {
        return read(value.typed() ? exactReader : naturalReader, value);
    }

    /** A typed value is read as what it is, and then seen as what is declared: its elements too. */
    private @Nullable Object as(Type declared, EncodedValue value) {
        if (!value.typed()) {
            return read(reader(declared), value);
        }
        Object exact = present(read(exactReader, value));
        return declared instanceof Class<?> plain && plain.isInstance(exact)
                ? exact
                : read(reader(declared), plain(exact, declared));
    }

    private static @Nullable Object read(ObjectReader reader, EncodedValue value) {
        return reader.readValue(value.buffer(), value.offset(), value.length());
    }

    private ObjectReader reader(Type declared) {
        ObjectReader known = readers.get(declared);
        if (known != null) {
            return known;
        }
        ObjectReader reader = declaredTypes.readerFor(declaredTypes.constructType(declared));
        if (readers.size() < REMEMBERED_TYPES) {
            readers.put(declared, reader);
        }
        return reader;
    }

    private static Object present(@Nullable Object value) {
        if (value == null) {
            throw new Refusal("it is null, which no attribute is");
        }
        return value;
    }

    private static boolean isNatural(Object value) {
        return value instanceof String
                || value instanceof Integer
                || value instanceof Boolean
                || (value instanceof Double number && Double.isFinite(number));
    }
}
