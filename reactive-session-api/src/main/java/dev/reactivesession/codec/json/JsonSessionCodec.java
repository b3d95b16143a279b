package dev.reactivesession.codec.json;

import dev.reactivesession.Attribute;
import dev.reactivesession.SessionException;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.MergedValue;
import dev.reactivesession.codec.SessionCodec;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Attributes as JSON. A payload is {@code [1,{plain},{typed}]}: the number of the format, the attributes whose form
 * is plain JSON, and, if there are any, those whose form names its own type.
 *
 * <p>Strings, booleans, ints and finite doubles are plain, and so is every value with a declared type. It is read
 * back as the declared type: a list as an {@code ArrayList}, a set and a map in their order. Read without its
 * declared type, it is what JSON makes of it: {@code Integer} (or {@code Long}, {@code BigInteger} when larger),
 * {@code Double}, {@code ArrayList}, {@code LinkedHashMap}.
 *
 * <p>Everything else is typed, and comes back as the class that it was: an unmodifiable collection is unmodifiable
 * again and in the same order, a {@code BigDecimal} has its scale, a {@code ZonedDateTime} its zone. Null is allowed
 * within collections, maps and objects. A value that cannot be given back exactly is refused when it is stored: a
 * sorted set with a comparator, say. The first value of each class is read back at once, wherever it is, and so is
 * the first null of each property.
 *
 * <p>The fields of an object are its state, and are stored, unless annotations of Jackson say otherwise; fields that
 * a class no longer has are passed over. The value types of the JDK need no permission. Other classes must be
 * allow-listed wherever stored data names them; a class that only declared types lead to is named by code, and needs
 * not be. Nothing is ever deserialized natively, and no class is loaded before its name was found allowed, unless a
 * {@link JsonCodecSettings#validator() validator} has to see it.
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

    private final RoundTripCheck check;

    private final ValueMerger merger;

    private final RenamedTypes renamed;

    private final ChangedClasses changed;

    private final int maxPayload;

    private final Map<Type, DeclaredType> declaredByType = new ConcurrentHashMap<>();

    /** Creates a codec for the value types of the JDK. */
    public JsonSessionCodec() {
        this(JsonCodecSettings.defaults());
    }

    /**
     * Creates a codec.
     *
     * @param settings the types that may be stored
     */
    public JsonSessionCodec(JsonCodecSettings settings) {
        AllowedTypes allowed = new AllowedTypes(settings);
        JsonMapper exactTypes = Mappers.exact(settings, allowed);
        this.declaredTypes = Mappers.declared(settings, allowed);
        this.splitter = new PayloadSplitter(settings);
        this.joiner = new PayloadJoiner(settings);
        this.exactWriter = writer(exactTypes);
        this.declaredWriter = writer(declaredTypes);
        this.exactReader = exactTypes.readerFor(Object.class);
        this.naturalReader = Mappers.natural(settings).readerFor(Object.class);
        this.anything = exactTypes.constructType(Object.class);
        this.renamed = new RenamedTypes(settings);
        this.changed = new ChangedClasses(declaredTypes, Mappers.factory(settings));
        this.maxPayload = settings.maxPayload();
        this.check = new RoundTripCheck(Mappers.factory(settings));
        this.merger = new ValueMerger(this, exactTypes, declaredTypes, Mappers.factory(settings));
    }

    private static ObjectWriter writer(JsonMapper mapper) {
        return mapper.writer().withAttribute(TypedSlotWriters.class, new TypedSlotWriters());
    }

    @Override
    public Map<String, EncodedValue> split(byte[] payload) {
        return splitter.split(payload);
    }

    /** Texts, numbers and the like, which have no parts in an order. */
    @Override
    public boolean isOnlyForm(EncodedValue value) {
        byte first = value.buffer()[value.offset()];
        return !value.typed() && first != '{' && first != '[';
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
            return declared != null ? declared(value, declared) : isNatural(value) ? natural(value) : exact(value);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failure) {
            throw CodecErrors.find(BoundedBytes.Overflow.class, failure) != null
                    ? tooLarge(name)
                    : CodecErrors.notStorable(name, value, failure);
        }
    }

    @Override
    public Object decode(String name, EncodedValue value, @Nullable Type declared) {
        String simple = declared == null || declared == String.class ? SimpleText.decode(value) : null;
        if (simple != null) {
            return simple;
        }
        try {
            return declared == null ? undeclared(value) : as(declared, value);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failure) {
            throw CodecErrors.unreadable(name, value, declared, failure);
        }
    }

    @Override
    public EncodedValue encode(String name, Attribute<?> attribute, Object value, @Nullable EncodedValue before) {
        EncodedValue now = encode(name, value, attribute.type());
        if (!ChangedClasses.concern(attribute)) {
            return now;
        }
        try {
            return changed.written(attribute, now, before);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failure) {
            throw CodecErrors.notStorable(name, value, failure);
        }
    }

    @Override
    public Object decode(String name, Attribute<?> attribute, EncodedValue value) {
        Type declared = attribute.type();
        boolean named = value.typed() && !attribute.formerNames().isEmpty();
        if (!named && !ChangedClasses.concern(attribute)) {
            return decode(name, value, declared);
        }
        try {
            EncodedValue now = ChangedClasses.concern(attribute) ? changed.read(attribute, value) : value;
            return named ? as(declared, renamed.read(now, declared, attribute.formerNames())) : as(declared, now);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failure) {
            throw CodecErrors.unreadable(name, value, declared, failure);
        }
    }

    @Override
    public Optional<MergedValue> merge(
            Attribute<?> attribute, EncodedValue base, EncodedValue ours, EncodedValue theirs) {
        if (!ChangedClasses.concern(attribute)) {
            return merge(base, ours, theirs, attribute.type());
        }
        String name = attribute.name();
        return merging(() -> merger.merge(
                base,
                ours,
                theirs,
                attribute.type(),
                value -> encode(name, attribute, decode(name, attribute, value), value)));
    }

    @Override
    public String json(EncodedValue value) {
        return new String(value.buffer(), value.offset(), value.length(), StandardCharsets.UTF_8);
    }

    @Override
    public Optional<MergedValue> merge(
            EncodedValue base, EncodedValue ours, EncodedValue theirs, @Nullable Type declared) {
        return merging(() -> merger.merge(base, ours, theirs, declared));
    }

    private static Optional<MergedValue> merging(Supplier<Optional<MergedValue>> merge) {
        try {
            return merge.get();
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
        return simple != null ? simple : write(declaredWriter, value).encoded(false);
    }

    private EncodedValue exact(Object value) {
        BoundedBytes bytes = writeExact(value);
        EncodedValue encoded = bytes.encoded(true);
        if (!bytes.unproven().isEmpty()) {
            check.require(encoded, this::undeclared, back -> writeExact(back).encoded(true));
            bytes.unproven().forEach(RoundTripProbe::prove);
        }
        return encoded;
    }

    private BoundedBytes writeExact(Object value) {
        return write(exactWriter, new TypedSlot(anything, value));
    }

    private EncodedValue declared(Object value, Type declared) {
        DeclaredType type = declared(declared);
        type.requireToBe(value);
        BoundedBytes bytes = writeDeclared(value, type);
        EncodedValue encoded = bytes.encoded(false);
        if (!bytes.unproven().isEmpty() || !type.proof().isProven()) {
            check.require(encoded, type::read, back -> writeDeclared(back, type).encoded(false));
            bytes.unproven().forEach(RoundTripProbe::prove);
            type.proof().prove();
        }
        return encoded;
    }

    private BoundedBytes writeDeclared(Object value, DeclaredType type) {
        return write(declaredWriter, new TypedSlot(type.type(), value));
    }

    private BoundedBytes write(ObjectWriter writer, Object value) {
        BoundedBytes bytes = new BoundedBytes(maxPayload);
        writer.writeValue(bytes, value);
        return bytes;
    }

    private Object undeclared(EncodedValue value) {
        return present(read(value.typed() ? exactReader : naturalReader, value));
    }

    /** A typed value is read as its own type, and then seen as the declared one: its elements too. */
    private Object as(Type declared, EncodedValue value) {
        DeclaredType type = declared(declared);
        if (!value.typed()) {
            return type.read(value);
        }
        return as(declared, undeclared(value));
    }

    private Object as(Type declared, Object exact) {
        DeclaredType type = declared(declared);
        if (declared instanceof Class<?> plain && plain.isInstance(exact)) {
            return exact;
        }
        type.requireToBe(exact);
        return type.read(writeDeclared(exact, type).encoded(false));
    }

    static @Nullable Object read(ObjectReader reader, EncodedValue value) {
        return reader.readValue(value.buffer(), value.offset(), value.length());
    }

    private DeclaredType declared(Type declared) {
        DeclaredType known = declaredByType.get(declared);
        if (known != null) {
            return known;
        }
        DeclaredType type = new DeclaredType(declaredTypes.readerFor(declaredTypes.constructType(declared)));
        if (declaredByType.size() < REMEMBERED_TYPES) {
            declaredByType.put(declared, type);
        }
        return type;
    }

    static Object present(@Nullable Object value) {
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
