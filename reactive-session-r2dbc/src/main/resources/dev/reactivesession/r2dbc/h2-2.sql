-- Reactive Session: schema version 2 for H2 2.2 and later. It can be applied again without harm, and brings a table of
-- version 1 up to date. For another table name replace every reactive_session by it.

create table if not exists "reactive_session" (
    id          uuid                        not null primary key,
    proof       varbinary(256)              not null,
    version     bigint                      not null,
    created_at  timestamp(3) with time zone not null,
    accessed_at timestamp(3) with time zone not null,
    idle_ms     bigint                      not null,
    expires_at  timestamp(3) with time zone not null,
    sweep_at    timestamp(3) with time zone not null,
    principal   varchar,
    payload     varbinary                   not null
);

-- Version 1 had 128 bytes here.
alter table "reactive_session" alter column proof set data type varbinary(256);

create index if not exists "reactive_session_by_sweep_at" on "reactive_session" (sweep_at, id);

create index if not exists "reactive_session_by_principal" on "reactive_session" (principal, id);

create or replace view "reactive_session_readable" as
select id,
       principal,
       created_at,
       accessed_at,
       expires_at,
       idle_ms / 1000        as idle_seconds,
       version,
       octet_length(payload) as payload_bytes,
       utf8tostring(payload) as attributes
from "reactive_session";

comment on table "reactive_session" is 'reactive-session schema 2, works from 1';
