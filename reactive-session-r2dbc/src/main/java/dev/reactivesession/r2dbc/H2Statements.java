package dev.reactivesession.r2dbc;

/**
 * The statements of H2 over many rows. Keys are read a page at a time and rows are changed one by one: embedded, a
 * statement costs no round trip, and
 * it holds one lock only.
 */
record H2Statements(
        String due, String postpone, String deleteExpired, String ofPrincipal, String deleteOfPrincipal, String all) {

    private static final String DUE = """
            select id, sweep_at, expires_at > $1 as alive from {table}
            where sweep_at <= $1 and sweep_at >= $2 and (sweep_at > $2 or id > $3)
            order by sweep_at, id limit $4""";

    private static final String POSTPONE = """
            update {table} set sweep_at = expires_at where id = $1 and expires_at > $2""";

    private static final String DELETE_EXPIRED = """
            delete from {table} where id = $1 and expires_at <= $2""";

    private static final String OF_PRINCIPAL = """
            select id from {table} where principal = $1 and id >= $2 order by id limit $3""";

    private static final String DELETE_OF_PRINCIPAL = """
            delete from {table} where id = $1 and principal = $2""";

    private static final String ALL = """
            select id from {table} where id >= $1 order by id limit $2""";

    static H2Statements on(TableName table) {
        return new H2Statements(
                table.in(DUE),
                table.in(POSTPONE),
                table.in(DELETE_EXPIRED),
                table.in(OF_PRINCIPAL),
                table.in(DELETE_OF_PRINCIPAL),
                table.in(ALL));
    }
}
