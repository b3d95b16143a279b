package dev.reactivesession.boot;

import dev.reactivesession.store.tiered.TieredEvent;

/**
 * A bean that is told of hits, misses and failures of a cache, on the thread where they happen. Must neither block
 * nor fail.
 */
@FunctionalInterface
public interface TieredEventListener {

    /**
     * Something happened to a cache.
     *
     * @param cache which: {@code redis} in front of a table, or {@code memory}, the copies of this node
     * @param event what
     */
    void onEvent(String cache, TieredEvent event);
}
