-- Reactive Session: schema version 1 for PostgreSQL 14 and later. It can be applied again without harm.
-- Another table name: replace every reactive_session by it; another schema: qualify the names that are not index names.

create table if not exists "reactive_session" (
    id          uuid        not null primary key,
    proof       bytea       not null,
    version     bigint      not null,
    created_at  timestamptz not null,
    accessed_at timestamptz not null,
    idle_ms     bigint      not null,
    expires_at  timestamptz not null,
    sweep_at    timestamptz not null,
    principal   text,
    payload     bytea       not null
) with (
    fillfactor = 70,
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_analyze_scale_factor = 0.05
);

create index if not exists "reactive_session_by_sweep_at" on "reactive_session" (sweep_at);

create index if not exists "reactive_session_by_principal" on "reactive_session" (principal, id) where principal is not null;

create or replace function "reactive_session_json"(payload bytea) returns jsonb
    language plpgsql immutable parallel safe
    set search_path = pg_catalog
as 'begin
    return convert_from(payload, ''UTF8'')::jsonb;
exception when others then
    return null;
end';

create or replace view "reactive_session_readable" as
select id,
       principal,
       created_at,
       accessed_at,
       expires_at,
       idle_ms * interval '1 millisecond' as idle_timeout,
       version,
       octet_length(payload)              as payload_bytes,
       "reactive_session_json"(payload)   as attributes
from "reactive_session";

comment on column "reactive_session".id is 'the public handle of the session; not a secret';
comment on column "reactive_session".proof is 'what checks a token; opens nothing by itself';
comment on column "reactive_session".version is 'raised by one by every save';
comment on column "reactive_session".expires_at is 'the first instant at which the session is gone, by the clock of the application';
comment on column "reactive_session".sweep_at is 'never later than expires_at; when the sweep looks at the row next. Indexed in its place, so that touches stay HOT updates';
comment on column "reactive_session".principal is 'the user it belongs to, when somebody has logged in';
comment on column "reactive_session".payload is 'the attributes; UTF-8 JSON with the default codec';
comment on view "reactive_session_readable" is 'the sessions for people to read; attributes is null when the payload is not JSON';
comment on table "reactive_session" is 'reactive-session schema 1';
