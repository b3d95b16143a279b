package dev.reactivesession.r2dbc;

import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A table of its own for each test that asks for one. */
final class Table {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final long RUN = System.nanoTime() & 0xffffffL;

    private Table() {}

    static R2dbcSessionSettings fresh() {
        return R2dbcSessionSettings.defaults()
                .withTable("session_" + RUN + "_" + NUMBER.incrementAndGet())
                .withStatementTimeout(Duration.ofSeconds(10));
    }

    static R2dbcSessionSettings createdOn(ConnectionFactory connections) {
        R2dbcSessionSettings settings = fresh();
        SessionSchema.of(connections, settings).create().block(Duration.ofSeconds(30));
        return settings;
    }
}
