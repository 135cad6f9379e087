-- The production calendar: days that differ from their weekday. One for the country (and the region: its own days too).
create table schedules.calendar_day (
  day date primary key,
  id uuid not null,
  -- holiday: nobody works; short: an hour shorter; working: a weekend that works by the hours of another weekday.
  kind text not null check (kind in ('holiday', 'short', 'working')),
  like_weekday smallint check (like_weekday between 1 and 7),
  name text not null,
  check ((kind = 'working') = (like_weekday is not null))
);
alter table schedules.schedule add column works_on_holidays boolean not null default false;

-- When somebody or something is not there: a doctor (in every position here), a room, or the whole organisation (neither
-- named). Never deleted: removed_at says that it holds no more.
create table schedules.absence (
  organization_id uuid not null references organizations.organization (id),
  id uuid not null,
  kind text not null check (kind in ('vacation', 'sick-leave', 'training', 'other', 'room-closed', 'organization-closed')),
  staff_id uuid,
  -- Every position of the same person here when it was written.
  staff_ids uuid[] not null default '{}',
  room_id uuid,
  substitute_id uuid,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  reason text not null,
  created_by uuid not null,
  created_at timestamptz not null,
  removed_by uuid,
  removed_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, staff_id) references organizations.practitioner_role (organization_id, id),
  foreign key (organization_id, room_id) references organizations.room (organization_id, id),
  foreign key (organization_id, substitute_id) references organizations.practitioner_role (organization_id, id),
  check ((kind = 'organization-closed') = (staff_id is null and room_id is null)),
  check ((kind = 'room-closed') = (room_id is not null)),
  check ((removed_at is null) = (removed_by is null))
);
create index absence_ends on schedules.absence (organization_id, ends_at) where removed_at is null;

-- What closed a time by itself. Such a time takes neither its doctor nor its room: a substitute may use both.
alter table schedules.slot
  add column closed_for text check (closed_for in ('absence', 'calendar', 'edit')),
  add column closed_by uuid,
  add check ((closed_for is null) = (closed_by is null)),
  add check (closed_for is null or status = 'closed');
drop index schedules.slot_doctor_once;
create unique index slot_doctor_once on schedules.slot (organization_id, practitioner_role_id, starts_at, seq)
  where status <> 'closed' or closed_for is null;

alter table schedules.change
  drop constraint change_kind_check,
  add constraint change_kind_check check (kind in ('created', 'closed', 'opened', 'added', 'edited', 'substitute'));
-- The author as they were called then; null for what was written before.
alter table schedules.change add column actor_name text;
