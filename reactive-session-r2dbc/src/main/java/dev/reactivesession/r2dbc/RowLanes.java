package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.SessionRecord;
import dev.reactivesession.store.TimeLimit;
import dev.reactivesession.store.lanes.Lanes;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Operations that meet share statements, over connections of the store's own: some for finds, some for changes. */
final class RowLanes implements SessionRows {

    private static final SessionId NOBODY = new SessionId(0, 0);

    private final Lanes<SessionId, SessionRecord> finds;

    private final Lanes<RowWrite, Boolean> writes;

    private final List<OwnConnection> connections;

    private final Failures failures;

    RowLanes(
            Lanes<SessionId, SessionRecord> finds,
            Lanes<RowWrite, Boolean> writes,
            List<OwnConnection> connections,
            Failures failures) {
        this.finds = finds;
        this.writes = writes;
        this.connections = connections;
        this.failures = failures;
    }

    @Override
    public Mono<SessionRecord> find(SessionId id) {
        return bounded(finds.send(id));
    }

    @Override
    public Mono<Boolean> write(RowWrite write) {
        return bounded(writes.send(write));
    }

    private <T> Mono<T> bounded(Mono<T> operation) {
        TimeLimit limit = failures.limit();
        return limit.on(operation, TimeoutException::new).onErrorMap(failures::typed);
    }

    // The touch of a session that is not there changes nothing.
    @Override
    public Mono<Void> connect() {
        return find(NOBODY)
                .then(write(new RowWrite.Touch(NOBODY, Instant.EPOCH, Instant.EPOCH)))
                .then();
    }

    @Override
    public Mono<Void> close() {
        return Flux.fromIterable(connections).flatMap(OwnConnection::close).then();
    }
}
