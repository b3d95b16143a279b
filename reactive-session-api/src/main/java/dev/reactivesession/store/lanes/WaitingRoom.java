package dev.reactivesession.store.lanes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operations that have not left, by kind, in the order of their arrival. An operation on a key that another one has
 * taken stands aside until that
 * one has ended, so all that stand in the rows are of different keys. Not thread-safe.
 */
final class WaitingRoom<Q, R> {

    private final Grouping<Q> grouping;

    private final LaneBounds bounds;

    private final Map<Object, Deque<Errand<Q, R>>> rows = new HashMap<>();

    private final Map<Object, Deque<Errand<Q, R>>> aside = new HashMap<>();

    private long turns;

    WaitingRoom(Grouping<Q> grouping, LaneBounds bounds) {
        this.grouping = grouping;
        this.bounds = bounds;
    }

    void enter(Errand<Q, R> errand) {
        Object key = errand.key();
        Deque<Errand<Q, R>> others = key == null ? null : aside.get(key);
        if (others == null) {
            if (key != null) {
                aside.put(key, new ArrayDeque<>(0));
            }
            queue(errand);
        } else {
            others.add(errand);
        }
    }

    /** For one that keeps its key. */
    void queue(Errand<Q, R> errand) {
        errand.turn(turns++);
        rows.computeIfAbsent(grouping.kind(errand.operation()), kind -> new ArrayDeque<>())
                .add(errand);
    }

    /** Lets the next operation on the same key queue up. */
    void ended(Errand<Q, R> errand) {
        Object key = errand.key();
        Deque<Errand<Q, R>> others = key == null ? null : aside.get(key);
        if (others == null) {
            return;
        }
        Errand<Q, R> next = others.poll();
        if (next == null) {
            aside.remove(key);
        } else {
            queue(next);
        }
    }

    /**
     * Takes the operation that has waited longest, and those of its kind that may go with it; empty when none waits.
     */
    List<Errand<Q, R>> nextBatch(int most) {
        List<Errand<Q, R>> batch = List.of();
        for (Deque<Errand<Q, R>> row = longest(); row != null && batch.isEmpty(); row = longest()) {
            batch = takenFrom(row, most);
        }
        return batch;
    }

    private List<Errand<Q, R>> takenFrom(Deque<Errand<Q, R>> row, int most) {
        List<Errand<Q, R>> batch = new ArrayList<>();
        long weight = 0;
        for (Errand<Q, R> first = row.peek(); first != null && batch.size() < most; first = row.peek()) {
            weight += grouping.weight(first.operation());
            if (!batch.isEmpty() && weight > bounds.weight()) {
                break;
            }
            row.remove();
            if (first.leave()) {
                batch.add(first);
            } else {
                ended(first);
            }
        }
        return batch;
    }

    private @Nullable Deque<Errand<Q, R>> longest() {
        Deque<Errand<Q, R>> found = null;
        long least = Long.MAX_VALUE;
        for (Deque<Errand<Q, R>> row : rows.values()) {
            Errand<Q, R> first = row.peek();
            if (first != null && first.turn() < least) {
                least = first.turn();
                found = row;
            }
        }
        return found;
    }

    /** Forgets those that were cancelled. One that owns its key hands it on. */
    void forgetCancelled() {
        aside.values().forEach(others -> others.removeIf(Errand::isCancelled));
        List<Errand<Q, R>> gone = new ArrayList<>();
        for (Deque<Errand<Q, R>> row : rows.values()) {
            row.stream().filter(Errand::isCancelled).forEach(gone::add);
            row.removeIf(Errand::isCancelled);
        }
        gone.forEach(this::ended);
    }

    /** Takes all that wait. */
    List<Errand<Q, R>> clear() {
        List<Errand<Q, R>> all = new ArrayList<>();
        int most = bounds.batch();
        for (List<Errand<Q, R>> batch = nextBatch(most); !batch.isEmpty(); batch = nextBatch(most)) {
            all.addAll(batch);
            batch.forEach(this::ended);
        }
        return all;
    }
}
