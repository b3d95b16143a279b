package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionException;
import dev.reactivesession.store.SessionSignals;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Messages by {@code LISTEN} and {@code NOTIFY}, on a channel named after the table. Each listener has a connection of
 * its own, and finds out by itself when that is dead.
 */
final class PostgresqlSignals implements SessionSignals {

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final Database database;

    private final Mono<Connection> opening;

    private final Failures failures;

    private final String channel;

    PostgresqlSignals(Database database, Mono<Connection> opening, Failures failures, TableName table) {
        this.database = database;
        this.opening = opening;
        this.failures = failures;
        this.channel = channelOf(table);
    }

    /** The name of a channel is as short as that of a table, and belongs to the whole database. */
    static String channelOf(TableName table) {
        UUID hash = UUID.nameUUIDFromBytes(table.quoted().getBytes(StandardCharsets.UTF_8));
        return "reactive_session_" + hash.toString().replace("-", "");
    }

    @Override
    public Mono<Void> publish(String message) {
        return database.row(
                        "select pg_notify($1, $2)::text",
                        statement -> statement.bind(0, channel).bind(1, message),
                        row -> true)
                .then();
    }

    @Override
    public Flux<Heard> received() {
        return Flux.usingWhen(
                        failures.limit().on(opening, TimeoutException::new),
                        this::messages,
                        BorrowedConnections::discard)
                .onErrorMap(failures::typed);
    }

    private Flux<Heard> messages(Connection connection) {
        return Flux.merge(
                notifications(connection),
                Database.run(connection, "listen " + channel).thenReturn(new Heard.Listening()),
                heartbeat(connection));
    }

    private static Flux<Heard> notifications(Connection connection) {
        return postgresql(connection)
                .getNotifications()
                .onBackpressureBuffer()
                .<Heard>map(notification -> new Heard.Message(String.valueOf(notification.getParameter())))
                .concatWith(Mono.error(PostgresqlSignals::broken));
    }

    /** A network that drops everything tells of no end. */
    private static Mono<Heard> heartbeat(Connection connection) {
        return Mono.delay(HEARTBEAT, Schedulers.parallel())
                .then(Mono.defer(() -> Mono.from(connection.validate(ValidationDepth.REMOTE))))
                .timeout(HEARTBEAT.multipliedBy(2), Schedulers.parallel())
                .filter(alive -> alive)
                .switchIfEmpty(Mono.error(PostgresqlSignals::broken))
                .repeat()
                .then(Mono.empty());
    }

    private static SessionException.Unavailable broken() {
        return new SessionException.Unavailable("the connection on which the store listens was lost", null);
    }

    private static PostgresqlConnection postgresql(Connection connection) {
        Object layer = connection;
        while (!(layer instanceof PostgresqlConnection) && layer instanceof Wrapped<?> wrapper) {
            layer = wrapper.unwrap();
        }
        if (layer instanceof PostgresqlConnection found) {
            return found;
        }
        throw new SessionException.Misconfigured(
                "a connection of the application's factory hides the driver of PostgreSQL, so nodes cannot hear each"
                        + " other over it: set reactive-session.signals=none, or let it implement io.r2dbc.spi.Wrapped",
                null);
    }
}
