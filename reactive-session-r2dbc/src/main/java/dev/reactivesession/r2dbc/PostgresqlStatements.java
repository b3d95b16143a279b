package dev.reactivesession.r2dbc;

/**
 * The statements over many rows. A place is a ctid: where the row lies in the heap. Deleting in the order of places touches each page once, which is
 * most of what a sweep costs; places are hints, checked together with id and expiry. Ids and places travel packed into one value, see
 * {@link PackedRows}: a row of its own for each costs more than deleting it.
 */
record PostgresqlStatements(
        String pages,
        String due,
        String dueBetween,
        String postpone,
        String deleteAtPlaces,
        String deleteExpired,
        String deleteOfPrincipal,
        String deleteFrom) {

    private static final String PACKED =
            "select string_agg(uuid_send(id) || tidsend(place), '') filter (where not alive),"
                    + " string_agg(uuid_send(id) || tidsend(place), '') filter (where alive)";

    private static final String PACKED_IDS = ") select string_agg(uuid_send(id), '') from gone";

    // For this transaction only. After a crash of the server what was swept last may lie there again, still expired.
    private static final String UNFLUSHED = "set_config('synchronous_commit', 'off', true)";

    private static final String UNFLUSHED_IDS = ") select string_agg(uuid_send(id), ''), " + UNFLUSHED + " from gone";

    static PostgresqlStatements on(TableName table) {
        String due = "select id, ctid as place, expires_at > $1 as alive from " + table;
        String delete = " gone as (delete from " + table;
        return new PostgresqlStatements(
                "select greatest(pg_relation_size('" + table + "'), (select max(pg_relation_size(relid))"
                        + " from pg_partition_tree('" + table + "'))) / current_setting('block_size')::bigint",
                PACKED + " from (select * from (" + due
                        + " where sweep_at <= $1 order by sweep_at limit $2) due order by place) placed",
                // "or" keeps the planner from reading the index anew for every stretch of the heap.
                PACKED + " from (" + due + " where ctid >= $2::text::tid and ctid < $3::text::tid"
                        + " and (expires_at <= $1 or sweep_at <= $1)) placed",
                "with due as materialized (select ctid from " + table + " where ctid = any($1::text::tid[])"
                        + " and sweep_at <= $2 and expires_at > $2 for no key update skip locked),"
                        + " postponed as (update " + table
                        + " set sweep_at = expires_at where ctid = any(array(select ctid from due))"
                        + " and sweep_at <= $2 and expires_at > $2 returning 1) select count(*), " + UNFLUSHED
                        + " from postponed",
                "with doomed as materialized (select s.ctid, s.id from unnest($1::text::tid[], $2) as named (place, id)"
                        + " join " + table + " s on s.ctid = named.place and s.id = named.id"
                        + " where s.expires_at <= $3 for update of s skip locked),"
                        // The id again: in a partitioned table a place is not of one row.
                        + delete
                        + " s using doomed where s.ctid = doomed.ctid and s.id = doomed.id and s.expires_at <= $3"
                        + " returning s.id" + UNFLUSHED_IDS,
                "with doomed as materialized (select id from " + table + " where id = any($1)"
                        + " and expires_at <= $2 for update skip locked),"
                        + delete + " where id = any(array(select id from doomed)) and expires_at <= $2 returning id"
                        + UNFLUSHED_IDS,
                "with doomed as materialized (select id from " + table + " where principal = $1"
                        + " and id is distinct from $2 order by id limit $3 for update),"
                        + delete + " where id = any(array(select id from doomed)) and principal = $1 returning id"
                        + PACKED_IDS,
                "with doomed as materialized (select id from " + table
                        + " where id >= $1 order by id limit $2 for update),"
                        + delete + " where id = any(array(select id from doomed)) returning id)"
                        + " select (select count(*) from gone), (select id from doomed order by id desc limit 1)");
    }
}
