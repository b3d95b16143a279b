package dev.reactivesession.r2dbc;

import io.r2dbc.spi.Connection;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Lends connections. */
interface Connections {

    /** Begins on subscription, and takes the connection back when the work ends. */
    <T> Mono<T> with(Function<Connection, Mono<T>> work);
}
