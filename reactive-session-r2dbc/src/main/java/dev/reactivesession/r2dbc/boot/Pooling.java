package dev.reactivesession.r2dbc.boot;

import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Wrapped;

/** Whether anything keeps connections open. */
final class Pooling {

    private Pooling() {}

    static boolean isSeenIn(ConnectionFactory connections) {
        Object layer = connections;
        while (!isPool(layer) && layer instanceof Wrapped<?> wrapper) {
            layer = wrapper.unwrap();
        }
        return isPool(layer);
    }

    // By name: r2dbc-pool may be absent, and there are other pools.
    private static boolean isPool(Object layer) {
        return layer.getClass().getSimpleName().endsWith("Pool");
    }
}
