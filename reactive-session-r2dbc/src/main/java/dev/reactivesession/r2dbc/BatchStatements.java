package dev.reactivesession.r2dbc;

/**
 * The statements of PostgreSQL on several rows of different ids, each one transaction. Their parameters are arrays in
 * text form, one element for each operation. All but find and insert lock their rows first, in the order of the ids,
 * and pass over those that somebody else has locked; the answer is two packed columns, see {@link PackedRows}: the
 * ids that were changed, and those that were passed over.
 */
record BatchStatements(String find, String insert, String update, String touch, String delete) {

    private static final String FIND = """
            select {record}
            from {table} where id = any($1::text::uuid[])""";

    private static final String INSERT = """
            with done as (
                insert into {table}
                    (id, proof, version, created_at, accessed_at, idle_ms, expires_at, principal, payload, sweep_at)
                select id, decode(proof, 'base64'), version, created_at, accessed_at, idle_ms, expires_at, principal,
                    decode(payload, 'base64'), expires_at
                from unnest($1::text::uuid[], $2::text::text[], $3::text::bigint[], $4::text::timestamptz[],
                        $5::text::timestamptz[], $6::text::bigint[], $7::text::timestamptz[], $8::text::text[],
                        $9::text::text[])
                    as asked (id, proof, version, created_at, accessed_at, idle_ms, expires_at, principal, payload)
                order by id
                on conflict (id) do nothing
                returning id)
            select string_agg(uuid_send(id), ''), null::bytea from done""";

    private static final String UPDATE = """
            with free as materialized (
                select id from {table} where id = any($1::text::uuid[]) order by id for no key update skip locked),
            done as (
                update {table} s set
                    proof = decode(asked.proof, 'base64'), version = asked.version, created_at = asked.created_at,
                    accessed_at = greatest(s.accessed_at, asked.accessed_at), idle_ms = asked.idle_ms,
                    expires_at = case when s.idle_ms = asked.idle_ms
                        then greatest(s.expires_at, asked.expires_at) else asked.expires_at end,
                    principal = asked.principal, payload = decode(asked.payload, 'base64'),
                    sweep_at = least(s.sweep_at, case when s.idle_ms = asked.idle_ms
                        then greatest(s.expires_at, asked.expires_at) else asked.expires_at end)
                from unnest($1::text::uuid[], $2::text::text[], $3::text::bigint[], $4::text::timestamptz[],
                        $5::text::timestamptz[], $6::text::bigint[], $7::text::timestamptz[], $8::text::text[],
                        $9::text::text[], $10::text::bigint[])
                    as asked (id, proof, version, created_at, accessed_at, idle_ms, expires_at, principal, payload,
                        based_on)
                    join free on free.id = asked.id
                where s.id = asked.id and s.version = asked.based_on and s.expires_at > asked.accessed_at
                returning s.id)
            {answer}""";

    private static final String TOUCH = """
            with free as materialized (
                select id from {table} where id = any($1::text::uuid[]) order by id for no key update skip locked),
            done as (
                update {table} s set
                    accessed_at = greatest(s.accessed_at, asked.accessed_at),
                    expires_at = greatest(s.expires_at, asked.expires_at)
                from unnest($1::text::uuid[], $2::text::timestamptz[], $3::text::timestamptz[])
                    as asked (id, accessed_at, expires_at)
                    join free on free.id = asked.id
                where s.id = asked.id and s.expires_at > asked.accessed_at
                returning s.id)
            {answer}""";

    private static final String DELETE = """
            with free as materialized (
                select id from {table} where id = any($1::text::uuid[]) order by id for update skip locked),
            done as (delete from {table} s using free where s.id = free.id returning s.id)
            {answer}""";

    private static final String ANSWER = """
            select
                (select string_agg(uuid_send(id), '') from done),
                (select string_agg(uuid_send(id), '') from {table}
                    where id = any($1::text::uuid[]) and id not in (select id from free))""";

    static BatchStatements on(TableName table, WireForm form) {
        return new BatchStatements(
                table.in(form.in(FIND)),
                table.in(INSERT),
                answered(table, UPDATE),
                answered(table, TOUCH),
                answered(table, DELETE));
    }

    private static String answered(TableName table, String statement) {
        return table.in(statement.replace("{answer}", ANSWER));
    }
}
