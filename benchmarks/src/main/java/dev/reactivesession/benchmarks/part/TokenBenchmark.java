package dev.reactivesession.benchmarks.part;

import dev.reactivesession.Session;
import dev.reactivesession.SessionToken;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.SessionCodec;
import dev.reactivesession.engine.LazySession;
import dev.reactivesession.engine.SessionEngine;
import dev.reactivesession.engine.TokenCarrier;
import dev.reactivesession.store.InMemorySessionStore;
import java.lang.reflect.Type;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

/**
 * A token from text to a checked session without attributes, and from text to a refusal, beside the bare decoding and
 * hashing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TokenBenchmark {

    private static final int SECRET_BYTES = 32;

    private final SessionEngine engine =
            SessionEngine.over(new InMemorySessionStore()).codec(new Nothing()).build();

    private final Visitor visitor = new Visitor();

    private final TokenCarrier malformed = new Refused("not a token");

    private final TokenCarrier unknown = new Refused("A".repeat(64));

    private final byte[] secret = new byte[SECRET_BYTES];

    private String text = "";

    /** Stores the session that is opened. */
    @Setup
    public void store() {
        LazySession session = engine.session(visitor);
        session.subscribe(Session::start);
        session.commit(false).subscribe();
        text = visitor.presented().get(0).value();
        new Random(7).nextBytes(secret);
    }

    /**
     * A good token.
     *
     * @return the session
     */
    @Benchmark
    public LazySession parseFindAndCheck() {
        return load(visitor);
    }

    /**
     * A text that is no token: no store is asked.
     *
     * @return the session
     */
    @Benchmark
    public LazySession refuseMalformed() {
        return load(malformed);
    }

    /**
     * A token of a session that is not there.
     *
     * @return the session
     */
    @Benchmark
    public LazySession refuseUnknown() {
        return load(unknown);
    }

    /**
     * The floor: Base64 and SHA-256 of the JDK.
     *
     * @return the hash
     * @throws NoSuchAlgorithmException never
     */
    @Benchmark
    public byte[] floorDecodeAndHash() throws NoSuchAlgorithmException {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(bytes, bytes.length - SECRET_BYTES, SECRET_BYTES);
        return sha256.digest();
    }

    private LazySession load(TokenCarrier carrier) {
        LazySession session = engine.session(carrier);
        session.subscribe();
        return session;
    }

    private static final class Nothing implements SessionCodec {

        @Override
        public Map<String, EncodedValue> split(byte[] payload) {
            return new HashMap<>(0);
        }

        @Override
        public byte[] join(Map<String, EncodedValue> attributes) {
            return new byte[0];
        }

        @Override
        public EncodedValue encode(String name, Object value, @Nullable Type declared) {
            throw new UnsupportedOperationException("there are no attributes");
        }

        @Override
        public Object decode(String name, EncodedValue value, @Nullable Type declared) {
            throw new UnsupportedOperationException("there are no attributes");
        }
    }

    private record Refused(String token) implements TokenCarrier {

        @Override
        public List<SessionToken> presented() {
            return List.of(new SessionToken(token));
        }

        @Override
        public void lookedAt() {}

        @Override
        public boolean canDeliver() {
            return true;
        }

        @Override
        public void deliver(SessionToken given) {}

        @Override
        public void remove() {}
    }
}
