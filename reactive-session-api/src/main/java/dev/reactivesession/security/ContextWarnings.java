package dev.reactivesession.security;

import dev.reactivesession.Attribute;
import dev.reactivesession.SessionException;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.MergedValue;
import dev.reactivesession.codec.SessionCodec;
import java.lang.reflect.Type;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * A codec that warns when the authentication of a session cannot be read, because its user is then anonymous without an
 * error: at once, and then once a minute with the number of those in between.
 */
public final class ContextWarnings implements SessionCodec {

    private static final Logger LOG = Loggers.getLogger(ContextWarnings.class);

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final SessionCodec codec;

    private final String attribute;

    private final Clock clock;

    private final AtomicReference<@Nullable Instant> warned = new AtomicReference<>();

    private final AtomicLong unreported = new AtomicLong();

    /**
     * Watches a codec.
     *
     * @param codec does the work
     * @param attribute the name that the repository of security contexts was given
     * @param clock says when a minute has passed
     */
    public ContextWarnings(SessionCodec codec, String attribute, Clock clock) {
        this.codec = codec;
        this.attribute = attribute;
        this.clock = clock;
    }

    @Override
    public Map<String, EncodedValue> split(byte[] payload) {
        return codec.split(payload);
    }

    @Override
    public boolean isOnlyForm(EncodedValue value) {
        return codec.isOnlyForm(value);
    }

    @Override
    public byte[] join(Map<String, EncodedValue> attributes) {
        return codec.join(attributes);
    }

    @Override
    public EncodedValue encode(String name, Object value, @Nullable Type declared) {
        return codec.encode(name, value, declared);
    }

    @Override
    public Object decode(String name, EncodedValue value, @Nullable Type declared) {
        return warning(name, () -> codec.decode(name, value, declared));
    }

    @Override
    public EncodedValue encode(String name, Attribute<?> declared, Object value, @Nullable EncodedValue before) {
        return codec.encode(name, declared, value, before);
    }

    @Override
    public Object decode(String name, Attribute<?> declared, EncodedValue value) {
        return warning(name, () -> codec.decode(name, declared, value));
    }

    @Override
    public String json(EncodedValue value) {
        return codec.json(value);
    }

    private Object warning(String name, Supplier<Object> decoding) {
        try {
            return decoding.get();
        } catch (SessionException.Unreadable error) {
            if (name.equals(attribute)) {
                warn(error);
            }
            throw error;
        }
    }

    @Override
    public Optional<MergedValue> merge(EncodedValue base, EncodedValue ours, EncodedValue theirs) {
        return codec.merge(base, ours, theirs);
    }

    @Override
    public Optional<MergedValue> merge(
            EncodedValue base, EncodedValue ours, EncodedValue theirs, @Nullable Type declared) {
        return codec.merge(base, ours, theirs, declared);
    }

    @Override
    public Optional<MergedValue> merge(
            Attribute<?> declared, EncodedValue base, EncodedValue ours, EncodedValue theirs) {
        return codec.merge(declared, base, ours, theirs);
    }

    private void warn(SessionException.Unreadable error) {
        long before = unreported.getAndIncrement();
        Instant now = clock.instant();
        Instant last = warned.get();
        if ((last == null || !last.plus(PAUSE).isAfter(now)) && warned.compareAndSet(last, now)) {
            unreported.addAndGet(-before - 1);
            LOG.warn(
                    "A user is not logged in any more, because the authentication in their session cannot be read"
                            + " ({} more since the last warning): {}. If a class was renamed or taken off"
                            + " reactive-session.json.allowed-types or allowed-packages, bring it back until these"
                            + " sessions have expired.",
                    before,
                    error.getMessage());
        }
    }
}
