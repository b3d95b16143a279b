package dev.reactivesession.benchmarks.part;

import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.SessionCodec;
import dev.reactivesession.codec.json.JsonSessionCodec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** Payload to attributes and back, beside Jackson on the same bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {

    private final SessionCodec codec = new JsonSessionCodec();

    private final JsonMapper jackson = JsonMapper.builder().build();

    private final JsonFactory tokens = JsonFactory.builder().build();

    private final Map<String, EncodedValue> encoded = new LinkedHashMap<>();

    private byte[] payload = {};

    private byte[] plain = {};

    private long written;

    /** Encodes what is decoded. */
    @Setup
    public void encode() {
        Attributes.all().forEach((name, value) -> encoded.put(name, codec.encode(name, value, null)));
        payload = codec.join(encoded);
        plain = jackson.writeValueAsBytes(Attributes.all());
    }

    /**
     * Splits, and decodes one.
     *
     * @return its value
     */
    @Benchmark
    public @Nullable Object readOneOf20() {
        return decode(codec.split(payload), Attributes.ONE);
    }

    /**
     * Splits, and decodes all.
     *
     * @return the last value
     */
    @Benchmark
    public @Nullable Object readAll() {
        Map<String, EncodedValue> attributes = codec.split(payload);
        Object last = null;
        for (String name : attributes.keySet()) {
            last = decode(attributes, name);
        }
        return last;
    }

    /**
     * Splits, encodes one, and joins.
     *
     * @return the new payload
     */
    @Benchmark
    public byte[] changeOneOf20() {
        Map<String, EncodedValue> attributes = new LinkedHashMap<>(codec.split(payload));
        attributes.put(Attributes.ONE, codec.encode(Attributes.ONE, Attributes.value(written++), null));
        return codec.join(attributes);
    }

    /**
     * Encodes all, and joins.
     *
     * @return the payload
     */
    @Benchmark
    public byte[] writeAll() {
        Map<String, EncodedValue> attributes = new LinkedHashMap<>();
        Attributes.all().forEach((name, value) -> attributes.put(name, codec.encode(name, value, null)));
        return codec.join(attributes);
    }

    /**
     * The floor of finding one: a parser that looks at each token and keeps none.
     *
     * @return how many there are
     */
    @Benchmark
    public int floorJacksonTokens() {
        int count = 0;
        try (JsonParser in = tokens.createParser(ObjectReadContext.empty(), payload)) {
            while (in.nextToken() != null) {
                count++;
            }
        }
        return count;
    }

    /**
     * The floor of reading all.
     *
     * @return the map
     */
    @Benchmark
    public Object floorJacksonReadAll() {
        return jackson.readValue(plain, Map.class);
    }

    /**
     * The floor of writing all.
     *
     * @return the bytes
     */
    @Benchmark
    public byte[] floorJacksonWriteAll() {
        return jackson.writeValueAsBytes(Attributes.all());
    }

    private @Nullable Object decode(Map<String, EncodedValue> attributes, String name) {
        return codec.decode(name, Objects.requireNonNull(attributes.get(name)), null);
    }
}
