package dev.reactivesession.r2dbc;

import dev.reactivesession.store.TimeLimit;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Wrapped;
import java.time.Duration;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Lends connections of the application's factory. Work that has a connection goes on when its caller is gone, so that
 * no connection goes back with a statement still running on it; one on which a statement does not end is closed.
 */
final class BorrowedConnections implements Connections {

    private static final Duration FAREWELL = Duration.ofMillis(200);

    private final ConnectionFactory factory;

    private final DriverThreading threading;

    private final Admission admission;

    private final TimeLimit patience;

    BorrowedConnections(ConnectionFactory factory, DriverThreading threading, Admission admission, TimeLimit patience) {
        this.factory = factory;
        this.threading = threading;
        this.admission = admission;
        this.patience = patience;
    }

    @Override
    public <T> Mono<T> with(Function<Connection, Mono<T>> work) {
        Mono<T> borrowed = Mono.usingWhen(
                admission.connection(factory.create()),
                work,
                BorrowedConnections::release,
                BorrowedConnections::releaseAfter,
                BorrowedConnections::discard);
        return admission.admit(threading.run(borrowed, patience));
    }

    // The statement's effect stays when the connection cannot be given back.
    private static Mono<Void> release(Connection connection) {
        return Mono.from(connection.close()).onErrorComplete();
    }

    private static Mono<Void> releaseAfter(Connection connection, Throwable error) {
        return Failures.leavesConnectionUsable(error) ? release(connection) : discard(connection);
    }

    /** A pool throws away a connection that is closed beneath it. */
    static Mono<Void> discard(Connection connection) {
        return Mono.from(innermost(connection).close())
                .timeout(FAREWELL)
                .onErrorComplete()
                .then(release(connection));
    }

    private static Connection innermost(Connection connection) {
        Connection inner = connection;
        while (inner instanceof Wrapped<?> wrapper && wrapper.unwrap() instanceof Connection next) {
            inner = next;
        }
        return inner;
    }
}
