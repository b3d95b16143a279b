package dev.reactivesession.benchmarks.part;

import dev.reactivesession.Attribute;
import dev.reactivesession.Session;
import dev.reactivesession.codec.json.JsonSessionCodec;
import dev.reactivesession.engine.LazySession;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.store.InMemorySessionStore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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

/** What the engine does for one request, on the memory store: load, use, commit. No web layer, no network. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EngineBenchmark {

    private static final Attribute<String> DECLARED = Attribute.of(Attributes.ONE, String.class);

    private final SessionEngine engine = SessionEngine.over(new InMemorySessionStore())
            .codec(new JsonSessionCodec())
            .build();

    private final Visitor visitor = new Visitor();

    private final Visitor withOneAttribute = new Visitor();

    private final Visitor counting = new Visitor();

    private long written;

    /** Stores the sessions that are used. */
    @Setup
    public void store() {
        exchange(visitor, session -> {
            Attributes.all().forEach(session::put);
            return "";
        });
        exchange(withOneAttribute, session -> {
            session.put(Attributes.ONE, Attributes.value(7));
            return "";
        });
        exchange(counting, session -> {
            session.put("counter", 0);
            return "";
        });
    }

    /**
     * A request that never asks for its session.
     *
     * @return the session, not loaded
     */
    @Benchmark
    public LazySession untouched() {
        LazySession session = engine.session(visitor);
        session.commit(false).subscribe();
        return session;
    }

    /**
     * One attribute of 20 is read.
     *
     * @return its value
     */
    @Benchmark
    public @Nullable Object readOneOf20() {
        return exchange(visitor, session -> session.get(Attributes.ONE));
    }

    /**
     * One attribute of 20 is read, by its declaration.
     *
     * @return its value
     */
    @Benchmark
    public @Nullable Object readOneOf20Declared() {
        return exchange(visitor, session -> session.get(DECLARED));
    }

    /**
     * The only attribute is read: what the other 19 cost is the difference.
     *
     * @return its value
     */
    @Benchmark
    public @Nullable Object readOneOf1() {
        return exchange(withOneAttribute, session -> session.get(Attributes.ONE));
    }

    /**
     * All 20 attributes are read.
     *
     * @return how many characters they have
     */
    @Benchmark
    public @Nullable Object readAll() {
        return exchange(visitor, session -> {
            int length = 0;
            for (int index = 0; index < Attributes.COUNT; index++) {
                length += String.valueOf(session.<String>get(Attributes.name(index)))
                        .length();
            }
            return length;
        });
    }

    /**
     * One attribute of 20 is set and saved.
     *
     * @return nothing of interest
     */
    @Benchmark
    public @Nullable Object writeOneOf20() {
        return exchange(visitor, session -> {
            session.put(Attributes.ONE, Attributes.value(written++));
            return "";
        });
    }

    /**
     * Two requests change one session at once: the second finds that the first saved before it, and replays.
     *
     * @return nothing of interest
     */
    @Benchmark
    public @Nullable Object merge() {
        return exchange(counting, first -> {
            exchange(counting, second -> second.compute("counter", EngineBenchmark::next));
            return first.compute("counter", EngineBenchmark::next);
        });
    }

    private static Integer next(@Nullable Object count) {
        return count == null ? 1 : (Integer) count + 1;
    }

    private @Nullable Object exchange(Visitor client, Function<Session, @Nullable Object> use) {
        LazySession session = engine.session(client);
        Box box = new Box();
        session.subscribe(there -> box.value = use.apply(there));
        session.commit(false).subscribe();
        return box.value;
    }

    private static final class Box {

        private @Nullable Object value;
    }
}
