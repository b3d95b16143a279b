package dev.reactivesession.r2dbc;

import io.r2dbc.spi.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/**
 * Opens the connections of the store's own. When one of them finds that its server takes no more writes, all are
 * renewed.
 */
final class OwnConnections {

    private final Mono<Connection> opening;

    private final AtomicInteger generation = new AtomicInteger();

    OwnConnections(Mono<Connection> opening) {
        this.opening = opening;
    }

    Mono<Connection> open() {
        return opening;
    }

    int generation() {
        return generation.get();
    }

    void renew() {
        generation.incrementAndGet();
    }
}
