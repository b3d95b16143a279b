package dev.reactivesession.r2dbc;

import dev.reactivesession.store.TimeLimit;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Runs one statement, in auto-commit, on a connection of its own, within a bound of time. */
final class Database {

    private final ConnectionFactory connections;

    private final Failures failures;

    private final Running running;

    private final TimeLimit limit;

    private final String timeoutSetting;

    Database(
            ConnectionFactory connections,
            Failures failures,
            Running running,
            Duration timeout,
            String timeoutSetting) {
        this.connections = connections;
        this.failures = failures;
        this.running = running;
        this.limit = new TimeLimit(timeout, Schedulers.parallel());
        this.timeoutSetting = timeoutSetting;
    }

    Mono<Long> change(String sql, UnaryOperator<Statement> binding) {
        return withConnection(connection -> changed(connection, sql, binding));
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
        Mono<T> operation = running.run(Mono.usingWhen(connections.create(), work, Database::release));
        return limit.on(operation, TimeoutException::new)
                .onErrorMap(error -> failures.typed(error, limit.bound(), timeoutSetting));
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

    // What a statement did stays done when the connection cannot be given back.
    private static Mono<Void> release(Connection connection) {
        return Mono.from(connection.close()).onErrorComplete();
    }
}
