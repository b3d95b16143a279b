package dev.reactivesession.engine;

import dev.reactivesession.Attribute;
import dev.reactivesession.SessionException;
import dev.reactivesession.UnreadablePolicy;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.MergedValue;
import dev.reactivesession.codec.SessionCodec;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The codec as one session sees it: an unreadable attribute is reported, and handled as the policy says. */
final class AttributeCodec {

    private final SessionCodec codec;

    private final UnreadablePolicy onUnreadable;

    private final Consumer<String> unreadable;

    AttributeCodec(SessionCodec codec, UnreadablePolicy onUnreadable, Consumer<String> unreadable) {
        this.codec = codec;
        this.onUnreadable = onUnreadable;
        this.unreadable = unreadable;
    }

    EncodedValue encode(String name, Object value, @Nullable Attribute<?> declared) {
        return codec.encode(name, value, typeOf(declared));
    }

    /** Null when it is unreadable and the policy is to treat that as absent. */
    @Nullable
    Object decode(String name, EncodedValue value, @Nullable Attribute<?> declared) {
        try {
            return exact(name, value, declared);
        } catch (SessionException.Unreadable error) {
            unreadable.accept(name);
            if (onUnreadable == UnreadablePolicy.REFUSE) {
                throw error;
            }
            return null;
        }
    }

    Object exact(String name, EncodedValue value, @Nullable Attribute<?> declared) {
        return declared == null || declared.formerNames().isEmpty()
                ? codec.decode(name, value, typeOf(declared))
                : codec.decode(name, value, declared.type(), declared.formerNames());
    }

    /** Whether it can be handed out, or the policy is to say so only when it is. */
    boolean isShown(String name, EncodedValue value) {
        return onUnreadable == UnreadablePolicy.REFUSE || decode(name, value, null) != null;
    }

    /** Whether a stored form means the same as one written just now, though it may have been written in another way. */
    boolean isSame(
            String name, @Nullable EncodedValue stored, @Nullable EncodedValue now, @Nullable Attribute<?> declared) {
        if (stored == null || now == null || stored.equals(now)) {
            return Objects.equals(stored, now);
        }
        try {
            return rewritten(name, stored, declared).equals(now);
        } catch (SessionException.Unreadable | SessionException.NotStorable error) {
            return false;
        }
    }

    /** The form in which this codec writes that value today. */
    EncodedValue rewritten(String name, EncodedValue value, @Nullable Attribute<?> declared) {
        return encode(name, exact(name, value, declared), declared);
    }

    Optional<MergedValue> merge(
            EncodedValue base, EncodedValue ours, EncodedValue theirs, @Nullable Attribute<?> declared) {
        return codec.merge(base, ours, theirs, typeOf(declared));
    }

    private static @Nullable Type typeOf(@Nullable Attribute<?> declared) {
        return declared == null ? null : declared.type();
    }
}
