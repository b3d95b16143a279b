package dev.reactivesession.r2dbc;

/** Fills a table on the server itself: sessions of so many bytes, of which one in so many has expired. */
record Population(Sql sql, R2dbcSessionSettings settings) {

    /** A deadline in the first hour of 2026 for the expired, in 2036 for the living; in no order of the heap. */
    Population of(int sessions, int bytes, int oneExpiredIn) {
        String table = settings.table();
        sql.run("alter table " + table + " drop constraint " + table + "_pkey");
        sql.run("drop index " + table + "_by_sweep_at, " + table + "_by_principal");
        insert(sessions, bytes, oneExpiredIn);
        sql.run("alter table " + table + " add primary key (id)");
        sql.run(SessionSchema.of(sql.connections(), settings).script());
        sql.run("vacuum analyze " + table);
        sql.run("checkpoint");
        return this;
    }

    /** One in so many living ones was touched since the sweep looked at it: it is due to be looked at, and alive. */
    Population extendedSinceLooked(int oneIn) {
        sql.run("update " + settings.table()
                + " set sweep_at = '2026-01-01Z' where expires_at >= '2036-01-01Z' and random() * " + oneIn + " < 1");
        sql.run("vacuum analyze " + settings.table());
        sql.run("checkpoint");
        return this;
    }

    private void insert(int sessions, int bytes, int oneExpiredIn) {
        sql.run("""
                insert into {table}
                    (id, proof, version, created_at, accessed_at, idle_ms, expires_at, sweep_at, principal, payload)
                select gen_random_uuid(), decode(repeat(md5(n::text), 2), 'hex'), 1, '2026-01-01Z', '2026-01-01Z',
                    1800000, deadline, deadline, case when n % 2 = 0 then 'user-' || n / 20 end,
                    decode(repeat(md5(n::text), {words}), 'hex')
                from (
                    select n, case when random() * {oneIn} < 1
                        then '2026-01-01Z'::timestamptz else '2036-01-01Z'::timestamptz end
                        + floor(random() * 3600000) * interval '1 millisecond' as deadline
                    from generate_series(1, {sessions}) n) numbered""".replace("{table}", settings.table())
                .replace("{words}", String.valueOf(bytes / 16))
                .replace("{oneIn}", String.valueOf(oneExpiredIn))
                .replace("{sessions}", String.valueOf(sessions)));
    }

    long sessions() {
        return sql.number("select count(*) from " + settings.table());
    }
}
