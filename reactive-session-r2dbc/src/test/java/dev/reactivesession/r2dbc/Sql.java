package dev.reactivesession.r2dbc;

import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Statements that a test runs beside the store. */
record Sql(ConnectionFactory connections) {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    long run(String statement) {
        return Mono.usingWhen(
                        connections.create(),
                        connection -> Flux.from(
                                        connection.createStatement(statement).execute())
                                .concatMap(Result::getRowsUpdated)
                                .reduce(0L, Long::sum),
                        connection -> connection.close())
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    long number(String query) {
        return column(query, Long.class).get(0);
    }

    <T> List<T> column(String query, Class<T> type) {
        return Flux.usingWhen(
                        connections.create(),
                        connection -> Flux.from(
                                        connection.createStatement(query).execute())
                                .concatMap(result -> result.map((row, metadata) -> RecordRows.column(row, 0, type))),
                        connection -> connection.close())
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }
}
