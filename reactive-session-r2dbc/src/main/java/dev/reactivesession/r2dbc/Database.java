package dev.reactivesession.r2dbc;

import dev.reactivesession.store.TimeLimit;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Runs statements within a bound of time. Each is in auto-commit, on a connection of its own. */
final class Database {

    private final Connections connections;

    private final Failures failures;

    private final TimeLimit limit;

    Database(Connections connections, Failures failures) {
        this.connections = connections;
        this.failures = failures;
        this.limit = failures.limit();
    }

    <T> Mono<T> row(String sql, UnaryOperator<Statement> binding, Function<Row, T> mapping) {
        return withConnection(
                connection -> rows(connection, sql, binding, mapping).singleOrEmpty());
    }

    <T> Mono<List<T>> rows(String sql, UnaryOperator<Statement> binding, Function<Row, T> mapping) {
        return withConnection(
                connection -> rows(connection, sql, binding, mapping).collectList());
    }

    <T> Mono<T> withConnection(Function<Connection, Mono<T>> work) {
        return limit.on(connections.with(work), TimeoutException::new).onErrorMap(failures::typed);
    }

    static <T> Flux<T> rows(
            Connection connection, String sql, UnaryOperator<Statement> binding, Function<Row, T> mapping) {
        return Flux.from(binding.apply(connection.createStatement(sql)).execute())
                .concatMap(result -> result.map((row, metadata) -> mapping.apply(row)));
    }

    static Mono<Long> changed(Connection connection, String sql, UnaryOperator<Statement> binding) {
        return Flux.from(binding.apply(connection.createStatement(sql)).execute())
                .concatMap(Result::getRowsUpdated)
                .reduce(0L, Long::sum);
    }

    static Mono<Void> run(Connection connection, String sql) {
        return changed(connection, sql, statement -> statement).then();
    }
}
