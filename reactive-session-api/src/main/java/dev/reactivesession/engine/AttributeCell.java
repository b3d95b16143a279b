package dev.reactivesession.engine;

import dev.reactivesession.Attribute;
import dev.reactivesession.codec.EncodedValue;
import dev.reactivesession.engine.AttributeState.Read;
import dev.reactivesession.engine.AttributeState.Unread;
import dev.reactivesession.engine.AttributeState.Worked;
import dev.reactivesession.engine.AttributeStep.Compute;
import dev.reactivesession.engine.AttributeStep.Edit;
import dev.reactivesession.engine.AttributeStep.Replace;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One attribute that was looked at or changed. Guarded by its session. */
final class AttributeCell {

    private final String name;

    private final AttributeCodec codec;

    private @Nullable EncodedValue stored;

    private AttributeState state = Unread.UNREAD;

    private @Nullable OutdatedViews outdated;

    AttributeCell(String name, @Nullable EncodedValue stored, AttributeCodec codec) {
        this.name = name;
        this.stored = stored;
        this.codec = codec;
    }

    boolean isPresent() {
        return state instanceof Worked worked ? worked.value() != null : stored != null;
    }

    /** Whether it is present and readable, found out without handing it out. */
    boolean isShown() {
        return (stored != null && state instanceof Unread) ? codec.isShown(name, stored) : isPresent();
    }

    /** Null when it is absent, or unreadable as that type. Reading changes nothing that is stored. */
    @Nullable
    Object read(@Nullable Attribute<?> declared) {
        View known = state.views().readAs(declared);
        if (known != null || !isPresent()) {
            return known == null ? null : known.live();
        }
        EncodedValue now = stateOfNow();
        Object value = codec.decode(name, now, declared);
        if (value != null) {
            hold(View.of(value, declared, now));
        }
        return value;
    }

    /** The stored form, or that of the latest value in the hands of the application when it was changed. */
    private EncodedValue stateOfNow() {
        Views views = state.views();
        View latest = state instanceof Worked ? views.latest() : views.changed(codec, name);
        return latest == null ? Objects.requireNonNull(stored) : latest.encode(codec, name);
    }

    private void hold(View view) {
        Views views = state.views().with(view);
        state = state instanceof Worked worked
                ? new Worked(worked.base(), worked.steps(), worked.value(), views)
                : new Read(views);
    }

    void assign(@Nullable Object value, @Nullable Attribute<?> declared) {
        // a value that was read, changed in place, and is put back
        View back = value == null || isPut() ? null : state.views().holding(value);
        if (back == null) {
            put(value == null ? null : new View(value, declared, null, inPlaceOf()));
        } else if (declared != null && !back.isReadAs(declared)) {
            hold(new View(back.live(), declared, back.origin(), back.before()));
        }
    }

    private void put(@Nullable View value) {
        List<AttributeState.Step> steps = new ArrayList<>(1);
        steps.add(new AttributeState.Step.Put());
        state = new Worked(base(), steps, value, Views.of(value));
        outdated = null;
    }

    private @Nullable EncodedValue base() {
        return state instanceof Worked worked ? worked.base() : stored;
    }

    /** Whether it was put whole since the last save, so that a function only makes another whole. */
    private boolean isPut() {
        return state instanceof Worked worked
                && !worked.steps().isEmpty()
                && worked.steps().get(0) instanceof AttributeState.Step.Put;
    }

    @Nullable
    Object compute(UnaryOperator<@Nullable Object> function, @Nullable Attribute<?> declared) {
        List<Edit> before = isPut() ? List.of() : takeEdits();
        Object result = function.apply(read(declared));
        if (isPut()) {
            put(result == null ? null : new View(result, declared, null, inPlaceOf()));
        } else {
            computed(before, new Compute(function, declared), result);
        }
        return result;
    }

    private void computed(List<Edit> before, Compute step, @Nullable Object result) {
        List<AttributeState.Step> steps =
                state instanceof Worked worked ? worked.steps() : new ArrayList<>(before.size() + 1);
        before.forEach(edit -> steps.add(new AttributeState.Step.Done(edit)));
        steps.add(new AttributeState.Step.Done(step));
        View value = result == null ? null : snapshot(result, step.declared(), inPlaceOf());
        state = new Worked(base(), steps, value, Views.of(value));
    }

    private View snapshot(Object value, @Nullable Attribute<?> declared, @Nullable EncodedValue before) {
        return ImmutableTypes.is(value)
                ? new View(value, declared, null, before)
                : new View(value, declared, codec.encode(name, value, declared, before), before);
    }

    /** The stored form that a new value takes the place of; null after a removal. */
    private @Nullable EncodedValue inPlaceOf() {
        return isPresent() ? base() : null;
    }

    private List<Edit> takeEdits() {
        List<Edit> edits = edits();
        outdated = outdated == null ? null : outdated.taken(codec, name);
        return edits;
    }

    private List<Edit> edits() {
        List<Edit> edits = new ArrayList<>(0);
        if (outdated != null) {
            outdated.edits(codec, name).forEach(edits::add);
        }
        edits.addAll(state.views().edits(codec, name));
        return edits;
    }

    /** A look that encodes nothing. */
    boolean isSurelyUnchanged() {
        return !(state instanceof Worked) && outdated == null && !state.views().canChange();
    }

    /** The change since the last save, or null when there is none; from here on this counts as saved. */
    @Nullable
    AttributeChange takeChange() {
        if (isSurelyUnchanged()) {
            return null;
        }
        List<AttributeStep> steps = steps();
        if (steps.isEmpty()) {
            return null;
        }
        EncodedValue before = stored;
        EncodedValue after = isOneValueOf(before) ? ofOneValue(steps) : replayed(steps);
        boolean same = codec.isSame(name, before, after, declaredNow());
        stored = same ? before : after;
        state = isOneValueOf(before) ? heldAs(after) : held();
        return same ? null : new AttributeChange(name, before, after, steps);
    }

    private List<AttributeStep> steps() {
        List<AttributeStep> steps = new ArrayList<>(1);
        if (state instanceof Worked worked) {
            worked.steps().forEach(step -> steps.add(complete(step, worked.value())));
        }
        steps.addAll(takeEdits());
        return steps;
    }

    private AttributeStep complete(AttributeState.Step step, @Nullable View value) {
        return step instanceof AttributeState.Step.Done done
                ? done.step()
                : new Replace(value == null ? null : value.encode(codec, name));
    }

    /** Whether there is one value at most, and it stands on that stored form: then its own form is the new one. */
    private boolean isOneValueOf(@Nullable EncodedValue before) {
        View one = state.views().latest();
        EncodedValue base = state instanceof Worked worked ? worked.base() : one == null ? before : one.origin();
        return outdated == null && state.views().all().size() < 2 && Objects.equals(base, before);
    }

    /** As its last step has left it; a function has left a value that is not encoded yet. */
    private @Nullable EncodedValue ofOneValue(List<AttributeStep> steps) {
        AttributeStep last = steps.get(steps.size() - 1);
        if (last instanceof Replace put) {
            return put.after();
        }
        View one = state.views().latest();
        return last instanceof Edit edit ? edit.after() : one == null ? null : one.encode(codec, name);
    }

    private @Nullable EncodedValue replayed(List<AttributeStep> steps) {
        AttributeChange change = new AttributeChange(name, base(), null, steps);
        return AttributeReplay.quietly(codec).again(change, stored);
    }

    private @Nullable Attribute<?> declaredNow() {
        View latest = state.views().latest();
        return latest == null ? null : latest.declared();
    }

    /** The values stay in the hands of the application; a change of them from here on is another change. */
    private AttributeState held() {
        return readAgain(view -> snapshot(view.live(), view.declared(), view.before()));
    }

    private AttributeState heldAs(@Nullable EncodedValue form) {
        return form == null ? Unread.UNREAD : readAgain(view -> View.of(view.live(), view.declared(), form));
    }

    private AttributeState readAgain(UnaryOperator<View> again) {
        Views taken = state.views().each(again);
        return taken.all().isEmpty() ? Unread.UNREAD : new Read(taken);
    }

    /** The session was saved with this form. Where others had a part in it, it is decoded anew when it is read next. */
    void settle(@Nullable EncodedValue saved) {
        if (Objects.equals(stored, saved)) {
            return;
        }
        stored = saved;
        if (!(state instanceof Worked) && edits().isEmpty()) {
            outdated = OutdatedViews.of(outdated, state.views());
            state = Unread.UNREAD;
        }
    }
}
