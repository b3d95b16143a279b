package dev.reactivesession.engine;

import dev.reactivesession.SessionException;
import dev.reactivesession.UnreadablePolicy;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.SessionCodec;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The codec as one session sees it: what cannot be read is reported, and handled as the policy says. */
final class AttributeCodec {

    private final SessionCodec codec;

    private final UnreadablePolicy onUnreadable;

    private final Consumer<String> unreadable;

    AttributeCodec(SessionCodec codec, UnreadablePolicy onUnreadable, Consumer<String> unreadable) {
        this.codec = codec;
        this.onUnreadable = onUnreadable;
        this.unreadable = unreadable;
    }

    Map<String, EncodedValue> split(byte[] payload) {
        return codec.split(payload);
    }

    byte[] join(Map<String, EncodedValue> attributes) {
        return codec.join(attributes);
    }

    EncodedValue encode(String name, Object value, @Nullable Type declared) {
        return codec.encode(name, value, declared);
    }

    /** Null when it is unreadable and the policy is to treat that as absent. */
    @Nullable
    Object decode(String name, EncodedValue value, @Nullable Type declared) {
        try {
            return codec.decode(name, value, declared);
        } catch (SessionException.Unreadable error) {
            unreadable.accept(name);
            if (onUnreadable == UnreadablePolicy.REFUSE) {
                throw error;
            }
            return null;
        }
    }

    /**
     * Whether two stored forms mean the same. A set or a map without an order of its own may be written in several ways.
     * Decoding both and encoding them again writes them in one, but for elements that share a bucket: those are compared.
     */
    boolean isSame(String name, @Nullable EncodedValue one, @Nullable EncodedValue other, @Nullable Type declared) {
        if (one == null || other == null || one.equals(other)) {
            return Objects.equals(one, other);
        }
        try {
            return isSame(name, codec.decode(name, one, declared), codec.decode(name, other, declared), declared);
        } catch (SessionException.Unreadable | SessionException.NotStorable error) {
            return false;
        }
    }

    private boolean isSame(String name, Object one, Object other, @Nullable Type declared) {
        return codec.encode(name, one, declared).equals(codec.encode(name, other, declared))
                || (one.getClass() == other.getClass() && Immutable.isUnorderedOf(one) && one.equals(other));
    }
}
