package dev.reactivesession.engine;

import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.engine.AttributeChange.Assigned;
import dev.reactivesession.engine.AttributeChange.Computed;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One attribute that was looked at or changed: what is stored, the live value in the hands of the application, and how it came to be. */
final class AttributeCell {

    private final String name;

    private final AttributeCodec codec;

    private @Nullable EncodedValue stored;

    private @Nullable Object live;

    private @Nullable Type declared;

    private boolean decoded;

    private boolean unreadable;

    private boolean assigned;

    private List<UnaryOperator<@Nullable Object>> functions = List.of();

    private @Nullable EncodedValue asComputed;

    AttributeCell(String name, @Nullable EncodedValue stored, AttributeCodec codec) {
        this.name = name;
        this.stored = stored;
        this.codec = codec;
        this.decoded = stored == null;
    }

    boolean isPresent() {
        return decoded ? live != null : stored != null;
    }

    @Nullable
    Object read(@Nullable Type type) {
        if (!decoded) {
            decode(type);
        } else if (live != null && type != null && !isInstance(live, type)) {
            live = codec.decode(name, codec.encode(name, live, declared), type);
            declared = type;
        }
        return live;
    }

    private void decode(@Nullable Type type) {
        declared = type;
        live = stored == null ? null : codec.decode(name, stored, type);
        unreadable = stored != null && live == null;
        decoded = true;
    }

    private static boolean isInstance(Object value, Type type) {
        Type raw = type instanceof ParameterizedType generic ? generic.getRawType() : type;
        return !(raw instanceof Class<?> plain) || plain.isPrimitive() || plain.isInstance(value);
    }

    void assign(@Nullable Object value, @Nullable Type type) {
        set(value, type);
        assigned = true;
        functions = List.of();
        asComputed = null;
    }

    private void set(@Nullable Object value, @Nullable Type type) {
        live = value;
        declared = type;
        decoded = true;
        unreadable = false;
    }

    @Nullable
    Object compute(UnaryOperator<@Nullable Object> function, @Nullable Type type) {
        boolean changedInPlace = isChangedSinceComputed();
        Object result = function.apply(read(type));
        if (assigned || changedInPlace) {
            assign(result, type);
        } else {
            set(result, type);
            functions = append(functions, function);
            asComputed = encodeIfMutable(result);
        }
        return result;
    }

    private @Nullable EncodedValue encodeIfMutable(@Nullable Object result) {
        return result == null || Immutable.is(result) ? null : codec.encode(name, result, declared);
    }

    private boolean isChangedSinceComputed() {
        if (!decoded || live == null || Immutable.is(live)) {
            return false;
        }
        EncodedValue reference = functions.isEmpty() ? stored : asComputed;
        return !codec.isSame(name, reference, codec.encode(name, live, declared), declared);
    }

    /** What was done, or null when nothing was; from here on, what is here now counts as stored. */
    @Nullable
    AttributeChange takeChange() {
        if (isSurelyUnchanged()) {
            return null;
        }
        EncodedValue after = live == null ? null : codec.encode(name, live, declared);
        AttributeChange change = codec.isSame(name, stored, after, declared) ? null : change(after);
        if (change != null) {
            stored = after;
        }
        forgetHistory();
        return change;
    }

    private AttributeChange change(@Nullable EncodedValue after) {
        boolean onlyComputed = !functions.isEmpty() && (asComputed == null || Objects.equals(asComputed, after));
        return onlyComputed
                ? new Computed(name, stored, after, functions, declared)
                : new Assigned(name, stored, after);
    }

    boolean isSurelyUnchanged() {
        boolean untouched = !assigned && functions.isEmpty();
        return !decoded || unreadable || (untouched && (live == null ? stored == null : Immutable.is(live)));
    }

    private void forgetHistory() {
        assigned = false;
        functions = List.of();
        asComputed = null;
    }

    /** The save of a change failed: it is still to be done, before what was done since. */
    void giveBack(AttributeChange change) {
        stored = change.before();
        if (change instanceof Computed computed && !assigned) {
            functions = concat(computed.functions(), functions);
            asComputed = functions.size() == computed.functions().size() ? computed.after() : asComputed;
        } else {
            assigned = true;
            functions = List.of();
        }
    }

    /** The session was saved with this value: it replaces the live one, unless that was changed meanwhile or is the same. */
    void settle(@Nullable EncodedValue saved) {
        if (!Objects.equals(stored, saved) && isUnchangedSinceTaken()) {
            stored = saved;
            live = null;
            decoded = saved == null;
            unreadable = false;
        }
    }

    private boolean isUnchangedSinceTaken() {
        return isSurelyUnchanged()
                || (!assigned
                        && functions.isEmpty()
                        && codec.isSame(
                                name, stored, live == null ? null : codec.encode(name, live, declared), declared));
    }

    private static <E> List<E> append(List<E> list, E element) {
        return concat(list, List.of(element));
    }

    private static <E> List<E> concat(List<E> one, List<E> other) {
        List<E> both = new ArrayList<>(one);
        both.addAll(other);
        return List.copyOf(both);
    }
}
