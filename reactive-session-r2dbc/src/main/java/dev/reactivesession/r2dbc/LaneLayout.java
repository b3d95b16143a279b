package dev.reactivesession.r2dbc;

import dev.reactivesession.SessionId;
import dev.reactivesession.store.TimeLimit;
import dev.reactivesession.store.lanes.Grouping;
import dev.reactivesession.store.lanes.Lane;
import dev.reactivesession.store.lanes.LaneBounds;
import dev.reactivesession.store.lanes.Lanes;
import io.r2dbc.spi.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Lays out the store's own connections: lanes for finds, for changes, and for statements over many sessions. */
final class LaneLayout {

    /** A batch of finds is short, so that no row waits long for its neighbours to arrive. */
    private static final int BATCH = 64;

    private static final int BATCH_BYTES = 256 * 1024;

    private static final int QUEUE = 4096;

    /** Locks of rows are short. One that is not is tried again, and keeps no lane meanwhile. */
    private static final Duration LOCK_BOUND = Duration.ofMillis(100);

    private static final Duration GRACE = Duration.ofMillis(250);

    private static final int SLOW = 2;

    private final OwnSource source;

    private final R2dbcSessionSettings settings;

    private final Scheduler scheduler = Schedulers.parallel();

    private final List<OwnConnection> connections = new ArrayList<>();

    LaneLayout(OwnSource source, R2dbcSessionSettings settings) {
        this.source = source;
        this.settings = settings;
    }

    SessionRows rows(Failures failures) {
        Dialect dialect = Dialect.POSTGRESQL;
        TableName table = TableName.of(settings);
        WireForm form = source.form();
        RecordRows records = new RecordRows(form);
        SingleStatements single = new SingleStatements(dialect.rowStatements(table, "", form), records);
        BatchRunner batches = new BatchRunner(BatchStatements.on(table, form), records);
        int finds = Math.max(1, (settings.connections() - SLOW) / 3);
        int writes = Math.max(1, settings.connections() - SLOW - finds);
        OwnConnections family =
                new OwnConnections(source.opening(new ServerBounds(LOCK_BOUND, settings.statementTimeout(), true)));
        return new RowLanes(
                lanes(
                        open(family, finds, settings.statementTimeout())
                                .map(open -> new FindLane(open, single, batches, failures)),
                        new Finds(),
                        concurrency -> busy(finds, concurrency)),
                lanes(
                        open(family, writes, settings.statementTimeout())
                                .map(open -> new WriteLane(open, single, batches, failures)),
                        new Writes(),
                        concurrency -> busy(writes, concurrency)),
                connections,
                failures);
    }

    Database slow(Failures failures) {
        OwnConnections family = new OwnConnections(
                source.opening(new ServerBounds(settings.statementTimeout(), settings.sweepTimeout(), false)));
        Lanes<Function<Connection, Mono<Object>>, Object> lanes = lanes(
                open(family, SLOW, settings.sweepTimeout()).map(open -> new StatementLane(open, failures)),
                new Statements(),
                concurrency -> SLOW);
        return new Database(new OwnStatements(lanes), failures);
    }

    /**
     * Few operations at once share the flush of the server's log when each has a lane. Many share more by larger
     * batches.
     */
    private static int busy(int lanes, int concurrency) {
        return concurrency <= 2 * lanes ? lanes : Math.max(1, lanes / 2);
    }

    private Stream<OwnConnection> open(OwnConnections family, int number, Duration bound) {
        List<OwnConnection> opened = Stream.generate(
                        () -> new OwnConnection(family, new TimeLimit(bound.plus(GRACE), scheduler), scheduler))
                .limit(number)
                .toList();
        connections.addAll(opened);
        return opened.stream();
    }

    private <Q, R> Lanes<Q, R> lanes(Stream<? extends Lane<Q, R>> lanes, Grouping<Q> grouping, IntUnaryOperator busy) {
        return new Lanes<>(
                Dialect.POSTGRESQL.product(),
                lanes.toList(),
                grouping,
                new LaneBounds(BATCH, BATCH_BYTES, QUEUE, busy),
                scheduler,
                new EventLoopTurns());
    }

    private static final class Finds implements Grouping<SessionId> {

        @Override
        public Object kind(SessionId id) {
            return SessionId.class;
        }

        @Override
        public @Nullable Object key(SessionId id) {
            return null;
        }

        @Override
        public int weight(SessionId id) {
            return SessionId.BYTES;
        }
    }

    private static final class Writes implements Grouping<RowWrite> {

        @Override
        public Object kind(RowWrite write) {
            return write.getClass();
        }

        @Override
        public Object key(RowWrite write) {
            return write.id();
        }

        @Override
        public int weight(RowWrite write) {
            return write.bytes();
        }
    }

    /** Never two in a batch. */
    private static final class Statements implements Grouping<Function<Connection, Mono<Object>>> {

        @Override
        public Object kind(Function<Connection, Mono<Object>> work) {
            return Function.class;
        }

        @Override
        public @Nullable Object key(Function<Connection, Mono<Object>> work) {
            return null;
        }

        @Override
        public int weight(Function<Connection, Mono<Object>> work) {
            return BATCH_BYTES;
        }
    }
}
