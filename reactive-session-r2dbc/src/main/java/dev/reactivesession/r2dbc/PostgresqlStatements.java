package dev.reactivesession.r2dbc;

/**
 * The statements over many rows. A place is a ctid: where the row lies in the heap. Deleting in the order of places touches each page once, which is
 * most of what a sweep costs; places are hints, checked together with id and expiry.
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

    private static final String DUE = "id, ctid::text as place, expires_at > $1 as alive";

    static PostgresqlStatements on(TableName table) {
        return new PostgresqlStatements(
                "select pg_relation_size('" + table + "') / current_setting('block_size')::bigint",
                "select id, place::text, alive from (select id, ctid as place, expires_at > $1 as alive from " + table
                        + " where sweep_at <= $1 order by sweep_at limit $2) due order by due.place",
                // "or" keeps the planner from reading the index anew for every stretch of the heap.
                "select " + DUE + " from " + table + " where ctid >= $2::text::tid and ctid < $3::text::tid"
                        + " and (expires_at <= $1 or sweep_at <= $1)",
                "with due as materialized (select ctid from " + table + " where ctid = any($1::text::tid[])"
                        + " and sweep_at <= $2 and expires_at > $2 for no key update skip locked)"
                        + " update " + table
                        + " set sweep_at = expires_at where ctid = any(array(select ctid from due))"
                        + " and sweep_at <= $2 and expires_at > $2",
                "with doomed as materialized (select ctid from " + table + " where ctid = any($1::text::tid[])"
                        + " and expires_at <= $3 for update skip locked)"
                        + " delete from " + table + " where ctid = any(array(select ctid from doomed))"
                        + " and (id = any($2)) is true and expires_at <= $3 returning id",
                "with doomed as materialized (select id from " + table + " where id = any($1)"
                        + " and expires_at <= $2 for update skip locked)"
                        + " delete from " + table + " where id = any(array(select id from doomed))"
                        + " and expires_at <= $2 returning id",
                "with doomed as materialized (select id from " + table + " where principal = $1"
                        + " and id is distinct from $2 order by id limit $3 for update)"
                        + " delete from " + table + " where id = any(array(select id from doomed))"
                        + " and principal = $1 returning id",
                "with doomed as materialized (select id from " + table
                        + " where id >= $1 order by id limit $2 for update),"
                        + " gone as (delete from " + table
                        + " where id = any(array(select id from doomed)) returning id)"
                        + " select (select count(*) from gone), (select id from doomed order by id desc limit 1)");
    }
}
