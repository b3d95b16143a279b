package dev.reactivesession.engine;

import dev.reactivesession.Attribute;
import dev.reactivesession.Merging;
import dev.reactivesession.SessionException;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.codec.MergedValue;
import dev.reactivesession.engine.AttributeStep.Compute;
import dev.reactivesession.engine.AttributeStep.Edit;
import dev.reactivesession.engine.AttributeStep.Replace;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does again, on the stored form that another request left, what was done to an attribute here: computes it again,
 * merges a value that was changed in place by element, and puts another value in place of the whole. Only one place
 * that both sides set differently is a conflict.
 */
final class AttributeReplay {

    private final AttributeCodec codec;

    private final Precedence precedence;

    private final Consumer<ConflictPlace> conflicts;

    AttributeReplay(AttributeCodec codec, Precedence precedence, Consumer<ConflictPlace> conflicts) {
        this.codec = codec;
        this.precedence = precedence;
        this.conflicts = conflicts;
    }

    /** For changes of one and the same session, among which there is nothing to settle. */
    static AttributeReplay quietly(AttributeCodec codec) {
        return new AttributeReplay(codec, Precedence.OURS_IS_LATER, place -> {});
    }

    /** Which side stays where both set one place. */
    enum Precedence {
        OURS_IS_LATER,
        OURS_IS_EARLIER
    }

    @Nullable
    EncodedValue onto(@Nullable EncodedValue there, AttributeChange change) {
        return Objects.equals(there, change.before()) ? change.after() : again(change, there);
    }

    @Nullable
    EncodedValue again(AttributeChange change, @Nullable EncodedValue there) {
        EncodedValue now = there;
        for (AttributeStep step : change.steps()) {
            now = again(step, change, now);
        }
        return now;
    }

    private @Nullable EncodedValue again(AttributeStep step, AttributeChange change, @Nullable EncodedValue there) {
        if (step instanceof Compute compute) {
            return computed(compute, change.name(), there);
        }
        return step instanceof Edit edit ? edited(edit, change.name(), there) : replaced((Replace) step, change, there);
    }

    private @Nullable EncodedValue computed(Compute step, String name, @Nullable EncodedValue there) {
        Object before = there == null ? null : codec.decode(name, there, step.declared());
        Object after = step.function().apply(before);
        return after == null ? null : codec.encode(name, after, step.declared(), there);
    }

    private @Nullable EncodedValue replaced(Replace step, AttributeChange change, @Nullable EncodedValue there) {
        return Objects.equals(there, change.before()) || Objects.equals(there, step.after())
                ? step.after()
                : settled(change.name(), step.after(), there);
    }

    private @Nullable EncodedValue edited(Edit step, String name, @Nullable EncodedValue there) {
        if (there == null || there.equals(step.before()) || there.equals(step.after())) {
            return there == null ? settled(name, step.after(), null) : step.after();
        }
        EncodedValue merged = merged(step, name, there);
        return merged == null ? settled(name, step.after(), there) : merged;
    }

    /** Null where these forms cannot be merged. */
    private @Nullable EncodedValue merged(Edit step, String name, EncodedValue there) {
        Attribute<?> declared = step.declared();
        Merging<?> merging = declared == null ? new Merging.ByElement<>() : declared.merging();
        try {
            if (merging instanceof Merging.With<?> with) {
                return byFunction(with.function(), step, name, there);
            }
            return merging instanceof Merging.Whole<?> ? null : byElement(step, name, there);
        } catch (SessionException.Unreadable | SessionException.NotStorable unmergeable) {
            return null;
        }
    }

    private @Nullable EncodedValue byElement(Edit step, String name, EncodedValue there) {
        Attribute<?> declared = step.declared();
        EncodedValue base = codec.rewritten(name, step.before(), declared);
        EncodedValue theirs = codec.rewritten(name, there, declared);
        Optional<MergedValue> merged = precedence == Precedence.OURS_IS_LATER
                ? codec.merge(base, step.after(), theirs, declared)
                : codec.merge(base, theirs, step.after(), declared);
        if (merged.isEmpty()) {
            return null;
        }
        EncodedValue value = codec.rewritten(name, merged.get().value(), declared);
        merged.get().conflicts().forEach(path -> conflicts.accept(new ConflictPlace(name, path)));
        return value;
    }

    @SuppressWarnings("unchecked") // the attribute that was read has the type that its function merges
    private <T> EncodedValue byFunction(Merging.Function<T> function, Edit step, String name, EncodedValue there) {
        Attribute<?> declared = step.declared();
        T base = (T) codec.exact(name, step.before(), declared);
        T ours = (T) codec.exact(name, step.after(), declared);
        T theirs = (T) codec.exact(name, there, declared);
        return codec.encode(name, Objects.requireNonNull(function.merge(base, ours, theirs), name), declared, there);
    }

    private @Nullable EncodedValue settled(String name, @Nullable EncodedValue ours, @Nullable EncodedValue theirs) {
        conflicts.accept(new ConflictPlace(name, ""));
        return precedence == Precedence.OURS_IS_LATER ? ours : theirs;
    }
}
