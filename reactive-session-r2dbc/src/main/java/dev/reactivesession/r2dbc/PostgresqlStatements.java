package dev.reactivesession.r2dbc;

/**
 * The statements of PostgreSQL over many rows. A sweep works in the order of the rows in the heap, and so touches
 * each page once, which is most of its cost. The location of a row is a hint, checked together with id and expiry.
 * Ids and locations travel packed into one value, see {@link PackedRows}: a row of its own for each costs more than
 * deleting it. Changes of a sweep are not waited for on disk: after a crash of the server, the sessions swept last
 * may lie there again, still expired.
 */
record PostgresqlStatements(
        String pages,
        String due,
        String dueBetween,
        String postpone,
        String deleteAtLocations,
        String deleteExpired,
        String deleteOfPrincipal,
        String deleteFrom) {

    /** The largest part of a partitioned table. */
    private static final String PAGES = """
            select greatest(
                    pg_relation_size('{table}'),
                    (select max(pg_relation_size(relid)) from pg_partition_tree('{table}')))
                / current_setting('block_size')::bigint""";

    private static final String DUE = """
            select
                string_agg(uuid_send(id) || tidsend(location), '') filter (where not alive),
                string_agg(uuid_send(id) || tidsend(location), '') filter (where alive)
            from (
                select * from (
                    select id, ctid as location, expires_at > $1 as alive from {table}
                    where sweep_at <= $1 order by sweep_at limit $2) due
                order by location) located""";

    /** "or" keeps the planner from reading the index anew for every stretch of the heap. */
    private static final String DUE_BETWEEN = """
            select
                string_agg(uuid_send(id) || tidsend(location), '') filter (where not alive),
                string_agg(uuid_send(id) || tidsend(location), '') filter (where alive)
            from (
                select id, ctid as location, expires_at > $1 as alive from {table}
                where ctid >= $2::text::tid and ctid < $3::text::tid
                    and (expires_at <= $1 or sweep_at <= $1)) located""";

    private static final String POSTPONE = """
            with due as materialized (
                select ctid from {table}
                where ctid = any($1::text::tid[]) and sweep_at <= $2 and expires_at > $2
                for no key update skip locked),
            postponed as (
                update {table} set sweep_at = expires_at
                where ctid = any(array(select ctid from due)) and sweep_at <= $2 and expires_at > $2
                returning 1)
            select count(*), set_config('synchronous_commit', 'off', true) from postponed""";

    /** The id again: in a partitioned table a location is not of one row. */
    private static final String DELETE_AT_LOCATIONS = """
            with doomed as materialized (
                select s.ctid, s.id
                from unnest($1::text::tid[], $2) as named (location, id)
                    join {table} s on s.ctid = named.location and s.id = named.id
                where s.expires_at <= $3
                for update of s skip locked),
            gone as (
                delete from {table} s using doomed
                where s.ctid = doomed.ctid and s.id = doomed.id and s.expires_at <= $3
                returning s.id)
            select string_agg(uuid_send(id), ''), set_config('synchronous_commit', 'off', true) from gone""";

    private static final String DELETE_EXPIRED = """
            with doomed as materialized (
                select id from {table} where id = any($1) and expires_at <= $2 for update skip locked),
            gone as (
                delete from {table} where id = any(array(select id from doomed)) and expires_at <= $2 returning id)
            select string_agg(uuid_send(id), ''), set_config('synchronous_commit', 'off', true) from gone""";

    private static final String DELETE_OF_PRINCIPAL = """
            with doomed as materialized (
                select id from {table}
                where principal = $1 and id is distinct from $2 order by id limit $3 for update),
            gone as (
                delete from {table} where id = any(array(select id from doomed)) and principal = $1 returning id)
            select string_agg(uuid_send(id), '') from gone""";

    private static final String DELETE_FROM = """
            with doomed as materialized (
                select id from {table} where id >= $1 order by id limit $2 for update),
            gone as (delete from {table} where id = any(array(select id from doomed)) returning id)
            select (select count(*) from gone), (select id from doomed order by id desc limit 1)""";

    static PostgresqlStatements on(TableName table) {
        return new PostgresqlStatements(
                table.in(PAGES),
                table.in(DUE),
                table.in(DUE_BETWEEN),
                table.in(POSTPONE),
                table.in(DELETE_AT_LOCATIONS),
                table.in(DELETE_EXPIRED),
                table.in(DELETE_OF_PRINCIPAL),
                table.in(DELETE_FROM));
    }
}
