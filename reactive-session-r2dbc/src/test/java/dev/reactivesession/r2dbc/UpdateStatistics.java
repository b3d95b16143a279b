package dev.reactivesession.r2dbc;

import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The updates of a table, as the server has counted them.
 *
 * @param updated how many
 * @param hot how many of them left every index alone
 */
record UpdateStatistics(long updated, long hot) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The server counts what a connection did a moment after it was closed. */
    static UpdateStatistics afterClosing(List<R2dbcSessionStore> nodes, R2dbcSessionSettings settings) {
        Flux.fromIterable(nodes).concatMap(R2dbcSessionStore::close).blockLast(PATIENCE);
        Sql sql = new Sql(Postgresql.connections());
        return Mono.fromSupplier(() -> of(sql, settings))
                .subscribeOn(Schedulers.boundedElastic())
                .filter(first -> first.updated() > 0)
                .delayUntil(first -> Mono.delay(Duration.ofMillis(50)))
                .publishOn(Schedulers.boundedElastic())
                .filter(first -> first.equals(of(sql, settings)))
                .repeatWhenEmpty(again -> again.delayElements(Duration.ofMillis(20), Schedulers.boundedElastic()))
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    private static UpdateStatistics of(Sql sql, R2dbcSessionSettings settings) {
        String table = " from pg_stat_user_tables where relname = '" + settings.table() + "'";
        return new UpdateStatistics(sql.number("select n_tup_upd" + table), sql.number("select n_tup_hot_upd" + table));
    }

    double hotRatio() {
        return (double) hot / updated;
    }
}
