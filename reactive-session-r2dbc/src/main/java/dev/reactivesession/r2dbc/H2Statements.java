package dev.reactivesession.r2dbc;

/** Keys are read a page at a time and rows changed one by one: embedded, a statement costs no round trip, and it holds one lock only. */
record H2Statements(
        String due, String postpone, String deleteExpired, String ofPrincipal, String deleteOfPrincipal, String all) {

    static H2Statements on(TableName table) {
        return new H2Statements(
                "select id, sweep_at, expires_at > $1 as alive from " + table
                        + " where sweep_at <= $1 and sweep_at >= $2"
                        + " and (sweep_at > $2 or id > $3) order by sweep_at, id limit $4",
                "update " + table + " set sweep_at = expires_at where id = $1 and expires_at > $2",
                "delete from " + table + " where id = $1 and expires_at <= $2",
                "select id from " + table + " where principal = $1 and id >= $2 order by id limit $3",
                "delete from " + table + " where id = $1 and principal = $2",
                "select id from " + table + " where id >= $1 order by id limit $2");
    }
}
