package dev.reactivesession.engine;

import dev.reactivesession.Attribute;
import dev.reactivesession.codec.EncodedValue;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one working copy: encoded until first read, and a cell for each that was. Guarded by its session.
 */
final class WorkingAttributes {

    private final AttributeCodec codec;

    private Map<String, EncodedValue> stored;

    private final Map<String, AttributeCell> cells = new LinkedHashMap<>(4);

    WorkingAttributes(AttributeCodec codec, Map<String, EncodedValue> stored) {
        this.codec = codec;
        this.stored = stored;
    }

    @Nullable
    Object read(String name, @Nullable Attribute<?> declared) {
        AttributeCell cell = cells.get(name);
        return cell == null && !stored.containsKey(name) ? null : cell(name).read(declared);
    }

    boolean contains(String name) {
        AttributeCell cell = cells.get(name);
        return cell == null ? stored.containsKey(name) : cell.isPresent();
    }

    /** Whether the live map has it: present, and readable unless the policy is to say so when it is read. */
    boolean shows(String name) {
        return contains(name) && cell(name).isShown();
    }

    void assign(String name, @Nullable Object value, @Nullable Attribute<?> declared) {
        cell(name).assign(value, declared);
    }

    @Nullable
    Object compute(String name, UnaryOperator<@Nullable Object> function, @Nullable Attribute<?> declared) {
        return cell(name).compute(function, declared);
    }

    /** The names of the application's attributes, without the reserved ones. */
    Set<String> names() {
        Set<String> names = all();
        names.removeIf(name -> AttributeName.isReserved(name) || !contains(name));
        return names;
    }

    private Set<String> all() {
        Set<String> all = new LinkedHashSet<>(stored.keySet());
        all.addAll(cells.keySet());
        return all;
    }

    void clear() {
        Set<String> all = all();
        all.removeIf(AttributeName::isOfSession);
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

    /**
     * Takes the changes since the last time, one by one: when one cannot be stored, those before it are taken already.
     */
    void takeChanges(Consumer<AttributeChange> taker) {
        for (AttributeCell cell : cells.values()) {
            AttributeChange change = cell.takeChange();
            if (change != null) {
                taker.accept(change);
            }
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

    private AttributeCell cell(String name) {
        return cells.computeIfAbsent(name, absent -> new AttributeCell(absent, stored.get(absent), codec));
    }
}
