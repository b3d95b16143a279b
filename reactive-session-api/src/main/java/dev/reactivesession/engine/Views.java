package dev.reactivesession.engine;

import dev.reactivesession.Attribute;
import dev.reactivesession.engine.AttributeStep.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The values of one attribute in the hands of the application, one for each type it was read as.
 *
 * @param all the last one is the one that was asked for most recently
 */
record Views(List<View> all) {

    static final Views NONE = new Views(List.of());

    static Views of(@Nullable View only) {
        return only == null ? NONE : new Views(List.of(only));
    }

    /** The most recent one that was read or put as that type. */
    @Nullable
    View readAs(@Nullable Attribute<?> declared) {
        for (int each = all.size() - 1; each >= 0; each--) {
            if (all.get(each).isReadAs(declared)) {
                return all.get(each);
            }
        }
        return null;
    }

    @Nullable
    View holding(Object value) {
        for (View view : all) {
            if (view.live() == value) {
                return view;
            }
        }
        return null;
    }

    Views with(View view) {
        if (all.isEmpty()) {
            return of(view);
        }
        List<View> more = new ArrayList<>(all.size() + 1);
        more.addAll(all);
        more.removeIf(each -> each.live() == view.live());
        more.add(view);
        return new Views(more);
    }

    Views each(UnaryOperator<View> change) {
        if (all.isEmpty()) {
            return NONE;
        }
        List<View> changed = new ArrayList<>(all.size());
        all.forEach(view -> changed.add(change.apply(view)));
        return new Views(changed);
    }

    @Nullable
    View latest() {
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    /** The most recent one that was changed in place. */
    @Nullable
    View changed(AttributeCodec codec, String name) {
        for (int each = all.size() - 1; each >= 0; each--) {
            if (all.get(each).edit(codec, name) != null) {
                return all.get(each);
            }
        }
        return null;
    }

    List<Edit> edits(AttributeCodec codec, String name) {
        List<Edit> edits = new ArrayList<>(0);
        for (View view : all) {
            Edit edit = view.edit(codec, name);
            if (edit != null) {
                edits.add(edit);
            }
        }
        return edits;
    }

    boolean canChange() {
        for (int each = 0; each < all.size(); each++) {
            if (all.get(each).origin() != null) {
                return true;
            }
        }
        return false;
    }
}
