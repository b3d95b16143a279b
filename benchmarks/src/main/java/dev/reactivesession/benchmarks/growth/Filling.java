package dev.reactivesession.benchmarks.growth;

import dev.reactivesession.benchmarks.server.Postgresql;
import dev.reactivesession.store.SessionStore;
import java.time.Duration;
import java.util.stream.LongStream;
import reactor.core.publisher.Flux;

/** Fills a store with numbered sessions, which is not measured. */
interface Filling {

    int AT_ONCE = 256;

    long ROWS_AT_ONCE = 100_000;

    Duration PATIENCE = Duration.ofMinutes(15);

    /** Stores the sessions from one number on, up to before another. */
    void fill(long from, long to);

    static Filling through(SessionStore store) {
        return (from, to) -> Flux.fromStream(() -> LongStream.range(from, to).boxed())
                .flatMap(number -> store.insert(Records.record(number)), AT_ONCE)
                .blockLast(PATIENCE);
    }

    /** The server makes up the rows itself, in heap order by chance: millions of round trips would take too long. */
    static Filling of(Postgresql server, String table) {
        return (from, to) -> {
            for (long begin = from; begin < to; begin += ROWS_AT_ONCE) {
                server.execute(rows(table, begin, Math.min(to, begin + ROWS_AT_ONCE)));
            }
        };
    }

    private static String rows(String table, long from, long to) {
        return "INSERT INTO " + table
                + " (id, proof, version, created_at, accessed_at, idle_ms, expires_at, sweep_at, payload)"
                + " SELECT md5(n::text)::uuid, decode(repeat(md5(n::text), 3), 'hex'), 1, t, t, "
                + Records.IDLE.toMillis()
                + ", u, u, decode(repeat(md5(n::text), " + Records.PAYLOAD / Records.MD5_BYTES + "), 'hex')"
                + " FROM generate_series(" + from + ", " + (to - 1) + ") AS n,"
                + " (SELECT timestamptz '" + Records.accessed(1) + "' AS t, timestamptz '" + Records.END
                + "' AS u) AS times";
    }
}
