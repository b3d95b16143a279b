package dev.reactivesession.engine;

import dev.reactivesession.Attribute;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.engine.AttributeStep.Edit;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values that the application may still hold although the attribute was saved with the changes of others since. A
 * change made through one of them is merged like any other. A value that nothing refers to any more is forgotten.
 */
final class OutdatedViews {

    private final List<Outdated> values;

    private OutdatedViews(List<Outdated> values) {
        this.values = values;
    }

    /** Null when there is none that can change. */
    static @Nullable OutdatedViews of(@Nullable OutdatedViews earlier, Views views) {
        List<Outdated> values = new ArrayList<>(earlier == null ? List.of() : earlier.values);
        for (View view : views.all()) {
            if (view.origin() != null) {
                values.add(new Outdated(new WeakReference<>(view.live()), view.declared(), view.origin()));
            }
        }
        values.removeIf(value -> value.reference.get() == null);
        return values.isEmpty() ? null : new OutdatedViews(values);
    }

    List<Edit> edits(AttributeCodec codec, String name) {
        return values.stream()
                .map(value -> value.edit(codec, name))
                .filter(Objects::nonNull)
                .toList();
    }

    /** The same values, as they are now. */
    @Nullable
    OutdatedViews taken(AttributeCodec codec, String name) {
        List<View> now = new ArrayList<>();
        for (Outdated value : values) {
            Object live = value.reference.get();
            if (live != null) {
                now.add(View.of(live, value.declared, codec.encode(name, live, value.declared, value.origin)));
            }
        }
        return of(null, new Views(now));
    }

    private record Outdated(
            WeakReference<Object> reference, @Nullable Attribute<?> declared, EncodedValue origin) {

        @Nullable
        Edit edit(AttributeCodec codec, String name) {
            Object live = reference.get();
            return live == null ? null : View.of(live, declared, origin).edit(codec, name);
        }
    }
}
