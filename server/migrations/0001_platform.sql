-- What every room stands on. No table here knows a module.
create extension if not exists btree_gist;
create extension if not exists pg_trgm;

create schema if not exists platform;

-- Facts about this installation: 'kind' = 'demo' marks a demo database, which `rmis serve` refuses to run on.
create table platform.installation (
  key text primary key,
  value jsonb not null
);

-- A changing request is done once: the key is claimed in the request's own transaction and keeps the reply.
-- The primary key makes «one effect per key» true: a second request waits on it, then replays the reply.
create table platform.idempotency (
  actor_id uuid not null,
  key text not null check (length(key) between 8 and 100),
  request_hash bytea not null,
  status smallint,
  reply text,
  created_at timestamptz not null,
  primary key (actor_id, key)
);
create index idempotency_age on platform.idempotency (created_at);

-- News written in the transaction of the change. `key` is the organisation or patient it belongs to.
create table platform.outbox (
  key uuid not null,
  id uuid not null,
  type text not null,
  topics text[] not null,
  payload jsonb not null,
  created_at timestamptz not null,
  primary key (key, id)
);

-- The relay moves outbox rows here in one order without gaps; SSE resumes from a seq (Last-Event-ID).
create table platform.event (
  seq bigint primary key,
  id uuid not null unique,
  type text not null,
  topics text[] not null,
  payload jsonb not null,
  created_at timestamptz not null
);
create index event_age on platform.event (created_at);

-- One row: the last seq given out. Its row lock makes one node the relay at a time.
create table platform.event_cursor (
  one_row boolean primary key default true check (one_row),
  seq bigint not null
);
insert into platform.event_cursor (seq) values (0);

-- A listener's effect happens once per event: its row is inserted in the listener's own transaction.
create table platform.handled (
  listener text not null,
  event_id uuid not null,
  at timestamptz not null,
  primary key (listener, event_id)
);

-- Action journal: one row per operation, reads and refusals included. Partitions are made ahead by a job.
create table platform.action (
  at timestamptz not null,
  id uuid not null,
  request_id uuid not null,
  actor_id uuid,
  actor_role text not null,
  actor_name text,
  organization_id uuid,
  session_id uuid,
  operation text not null,
  patient_id uuid,
  grounds text,
  object_type text,
  object_id text,
  outcome text not null check (outcome in ('done', 'refused', 'failed')),
  problem text,
  address text,
  duration_ms integer not null,
  primary key (at, id)
) partition by range (at);
-- For a moment no month was made for, so that journalling never fails; monitored to stay empty.
create table platform.action_default partition of platform.action default;
create index action_by_patient on platform.action (patient_id, at desc) where patient_id is not null;
create index action_by_actor on platform.action (actor_id, at desc);

-- Sealed batches of the action journal: a Merkle root over the rows of [since, until), chained to the one before.
create table platform.seal (
  number bigint primary key,
  since timestamptz not null,
  until timestamptz not null,
  row_count integer not null,
  merkle_root bytea not null,
  previous_hash bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null
);
