package dev.reactivesession.engine;

import dev.reactivesession.Attribute;
import dev.reactivesession.SessionException;
import dev.reactivesession.UnreadablePolicy;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.MergedValue;
import dev.reactivesession.codec.SessionCodec;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The codec as one session sees it: an unreadable attribute is reported with the reason, and handled as the policy
 * says.
 */
final class AttributeCodec {

    private final SessionCodec codec;

    private final UnreadablePolicy onUnreadable;

    private final BiConsumer<String, String> unreadable;

    AttributeCodec(SessionCodec codec, UnreadablePolicy onUnreadable, BiConsumer<String, String> unreadable) {
        this.codec = codec;
        this.onUnreadable = onUnreadable;
        this.unreadable = unreadable;
    }

    /** With what it takes the place of, or was made from; null where that is nothing. */
    EncodedValue encode(String name, Object value, @Nullable Attribute<?> declared, @Nullable EncodedValue before) {
        return declared == null ? codec.encode(name, value, null) : codec.encode(name, declared, value, before);
    }

    /** Null when it is unreadable and the policy is to treat that as absent. */
    @Nullable
    Object decode(String name, EncodedValue value, @Nullable Attribute<?> declared) {
        try {
            return exact(name, value, declared);
        } catch (SessionException.Unreadable error) {
            unreadable.accept(name, String.valueOf(error.getMessage()));
            if (onUnreadable == UnreadablePolicy.REFUSE) {
                throw error;
            }
            return null;
        }
    }

    Object exact(String name, EncodedValue value, @Nullable Attribute<?> declared) {
        return declared == null ? codec.decode(name, value, null) : codec.decode(name, declared, value);
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
        if (codec.isOnlyForm(stored) && codec.isOnlyForm(now)) {
            return false;
        }
        try {
            return rewritten(name, stored, declared).equals(now);
        } catch (SessionException.Unreadable | SessionException.NotStorable error) {
            return false;
        }
    }

    /** The form in which this codec writes that value today. */
    EncodedValue rewritten(String name, EncodedValue value, @Nullable Attribute<?> declared) {
        return encode(name, exact(name, value, declared), declared, value);
    }

    Optional<MergedValue> merge(
            EncodedValue base, EncodedValue ours, EncodedValue theirs, @Nullable Attribute<?> declared) {
        return declared == null ? codec.merge(base, ours, theirs) : codec.merge(declared, base, ours, theirs);
    }
}
