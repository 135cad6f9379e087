-- A calendar outside that says when a doctor is busy: read in the background, over and over.
create table calendars.source (
  organization_id uuid not null references organizations.organization (id),
  id uuid not null,
  staff_id uuid not null,
  -- Which of the doctor's few calendars it is: bounds how many there are.
  place smallint not null check (place between 1 and 5),
  name text not null,
  kind text not null check (kind in ('ics', 'caldav')),
  -- Where people see it comes from; the address and the password are in `sealed` (AES-256-GCM under the installation's secret).
  host text not null,
  sealed bytea not null,
  created_by uuid not null,
  created_at timestamptz not null,
  removed_at timestamptz,
  -- The last time it was read well, until when its busy times are known, and what the server said of that answer.
  read_at timestamptz,
  known_until timestamptz,
  etag text,
  last_modified text,
  busy_times integer not null default 0,
  -- Since when it fails, and how often in a row.
  failing_since timestamptz,
  failure text,
  failures smallint not null default 0,
  next_at timestamptz not null,
  -- A node that died while it read has it until then.
  claimed_until timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, staff_id) references organizations.practitioner_role (organization_id, id),
  check ((failing_since is null) = (failure is null))
) with (fillfactor = 80);
create unique index source_place on calendars.source (organization_id, staff_id, place) where removed_at is null;
create index source_due on calendars.source (next_at) where removed_at is null;

-- When doctors are busy elsewhere. Rows of a calendar are put in the place of its earlier ones.
create table schedules.external_busy (
  organization_id uuid not null references organizations.organization (id),
  source_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  -- Every position of the person here.
  staff_ids uuid[] not null,
  primary key (organization_id, source_id, starts_at)
);
create index external_busy_ends on schedules.external_busy (organization_id, ends_at);
alter table schedules.slot
  drop constraint slot_closed_for_check,
  add constraint slot_closed_for_check check (closed_for in ('absence', 'calendar', 'edit', 'external'));
