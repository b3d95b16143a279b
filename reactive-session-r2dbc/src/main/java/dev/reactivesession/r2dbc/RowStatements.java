package dev.reactivesession.r2dbc;

/** The statements on one row, which are the same in every dialect but for the insert. */
record RowStatements(
        String find,
        String insert,
        String update,
        String touch,
        String delete,
        String pageOfPrincipal,
        String countOfPrincipal) {

    private static final String COLUMNS =
            "id, proof, version, created_at, accessed_at, idle_ms, expires_at, principal, payload";

    static RowStatements on(TableName table, String onDuplicate, WireForm bytes) {
        String selected = "select id, " + bytes.selected("proof")
                + ", version, created_at, accessed_at, idle_ms, expires_at, principal, " + bytes.selected("payload")
                + " from " + table;
        String proof = bytes.parameter("$2");
        String payload = bytes.parameter("$9");
        return new RowStatements(
                selected + " where id = $1",
                "insert into " + table + " (" + COLUMNS + ", sweep_at) values ($1, " + proof
                        + ", $3, $4, $5, $6, $7, $8, " + payload + ", $10)" + onDuplicate,
                "update " + table
                        + " set proof = " + proof
                        + ", version = $3, created_at = $4, accessed_at = greatest(accessed_at, $5),"
                        + " idle_ms = $6, expires_at = $7, principal = $8, payload = " + payload
                        + ", sweep_at = least(sweep_at, $10)"
                        + " where id = $1 and version = $11 and expires_at > $12",
                "update " + table
                        + " set accessed_at = greatest(accessed_at, $2), expires_at = greatest(expires_at, $3)"
                        + " where id = $1 and expires_at > $2",
                "delete from " + table + " where id = $1",
                selected + " where principal = $1 and id >= $2 order by id limit $3",
                "select count(*) from " + table + " where principal = $1");
    }
}
