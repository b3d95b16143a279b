package dev.reactivesession.r2dbc;

/** The statements on one row, and those that read the sessions of a user. */
record RowStatements(
        String find,
        String insert,
        String update,
        String touch,
        String delete,
        String pageOfPrincipal,
        String countOfPrincipal) {

    private static final String FIND = """
            select {record}
            from {table} where id = $1""";

    private static final String INSERT = """
            insert into {table}
                (id, proof, version, created_at, accessed_at, idle_ms, expires_at, principal, payload, sweep_at)
            values ($1, {$2}, $3, $4, $5, $6, $7, $8, {$9}, $7)""";

    private static final String UPDATE = """
            update {table} set
                proof = {$2}, version = $3, created_at = $4, accessed_at = greatest(accessed_at, $5), idle_ms = $6,
                expires_at = case when idle_ms = $6 then greatest(expires_at, $7) else $7 end,
                principal = $8, payload = {$9},
                sweep_at = least(sweep_at, case when idle_ms = $6 then greatest(expires_at, $7) else $7 end)
            where id = $1 and version = $10 and expires_at > $5""";

    private static final String TOUCH = """
            update {table} set accessed_at = greatest(accessed_at, $2), expires_at = greatest(expires_at, $3)
            where id = $1 and expires_at > $2""";

    private static final String DELETE = """
            delete from {table} where id = $1""";

    private static final String PAGE_OF_PRINCIPAL = """
            select {record}
            from {table} where principal = $1 and id >= $2 order by id limit $3""";

    private static final String COUNT_OF_PRINCIPAL = """
            select count(*) from {table} where principal = $1""";

    /**
     * The statements on a table.
     *
     * @param onDuplicate ends an insert
     * @param lockBound ends the wait for the lock of a row
     */
    static RowStatements on(TableName table, String onDuplicate, String lockBound, WireForm form) {
        return new RowStatements(
                table.in(form.in(FIND)),
                table.in(form.in(INSERT)) + onDuplicate,
                table.in(form.in(UPDATE)) + lockBound,
                table.in(TOUCH) + lockBound,
                table.in(DELETE) + lockBound,
                table.in(form.in(PAGE_OF_PRINCIPAL)),
                table.in(COUNT_OF_PRINCIPAL));
    }
}
