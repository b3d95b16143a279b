package dev.reactivesession.engine;

import dev.reactivesession.codec.EncodedValue;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The attributes of one working copy: encoded until first read, and a cell for each that was. Guarded by its session. */
final class WorkingAttributes {

    private final AttributeCodec codec;

    private Map<String, EncodedValue> stored;

    private final Map<String, AttributeCell> cells = new HashMap<>(4);

    WorkingAttributes(AttributeCodec codec, Map<String, EncodedValue> stored) {
        this.codec = codec;
        this.stored = stored;
    }

    @Nullable
    Object read(String name, @Nullable Type declared) {
        AttributeCell cell = cells.get(name);
        return cell == null && !stored.containsKey(name) ? null : cell(name).read(declared);
    }

    boolean contains(String name) {
        AttributeCell cell = cells.get(name);
        return cell == null ? stored.containsKey(name) : cell.isPresent();
    }

    void assign(String name, @Nullable Object value, @Nullable Type declared) {
        cell(name).assign(value, declared);
    }

    @Nullable
    Object compute(String name, UnaryOperator<@Nullable Object> function, @Nullable Type declared) {
        return cell(name).compute(function, declared);
    }

    /** The names of the application's attributes: what is reserved is not among them. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(stored.keySet());
        names.addAll(cells.keySet());
        names.removeIf(name -> AttributeName.isReserved(name) || !contains(name));
        return names;
    }

    void clear() {
        Set<String> all = new LinkedHashSet<>(stored.keySet());
        all.addAll(cells.keySet());
        all.forEach(name -> assign(name, null, null));
    }

    boolean areSurelyUnchanged() {
        for (AttributeCell cell : cells.values()) {
            if (!cell.isSurelyUnchanged()) {
                return false;
            }
        }
        return true;
    }

    /** Takes what was changed since the last time, for one save: either {@link #settle} or {@link #giveBack} must follow. */
    List<AttributeChange> takeChanges() {
        List<AttributeChange> changes = new ArrayList<>(cells.size());
        try {
            cells.values().forEach(cell -> takeChange(cell, changes));
            return changes;
        } catch (RuntimeException notStorable) {
            giveBack(changes);
            throw notStorable;
        }
    }

    private static void takeChange(AttributeCell cell, List<AttributeChange> changes) {
        AttributeChange change = cell.takeChange();
        if (change != null) {
            changes.add(change);
        }
    }

    /** The attributes as they were stored when last loaded or saved. */
    Map<String, EncodedValue> stored() {
        return stored;
    }

    void settle(Map<String, EncodedValue> saved) {
        stored = saved;
        cells.forEach((name, cell) -> cell.settle(saved.get(name)));
    }

    void giveBack(List<AttributeChange> changes) {
        changes.forEach(change -> cell(change.name()).giveBack(change));
    }

    private AttributeCell cell(String name) {
        return cells.computeIfAbsent(name, absent -> new AttributeCell(absent, stored.get(absent), codec));
    }
}
