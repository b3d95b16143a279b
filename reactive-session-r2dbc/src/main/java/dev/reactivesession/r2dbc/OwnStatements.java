package dev.reactivesession.r2dbc;

import dev.reactivesession.store.lanes.Lanes;
import io.r2dbc.spi.Connection;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Lends the store's own connections. */
record OwnStatements(Lanes<Function<Connection, Mono<Object>>, Object> lanes) implements Connections {

    @Override
    @SuppressWarnings("unchecked") // a lane gives back the result of the work it was given
    public <T> Mono<T> with(Function<Connection, Mono<T>> work) {
        return (Mono<T>) lanes.send((Function<Connection, Mono<Object>>) (Function<Connection, ?>) work);
    }
}
