create schema schedules;

-- A doctor's timetable: what repeats weekly. `practitioner_role_id` is the doctor at this organisation.
create table schedules.schedule (
  organization_id uuid not null references organizations.organization (id),
  id uuid not null,
  practitioner_role_id uuid not null,
  specialty_code text not null,
  room_id uuid not null,
  slot_minutes smallint not null check (slot_minutes between 5 and 240),
  -- Who may book: portal (citizens), registrar, doctor.
  channels text[] not null check (channels <@ array['portal', 'registrar', 'doctor'] and cardinality(channels) > 0),
  -- Ages that may be booked, whole years, inclusive.
  age_from smallint not null default 0,
  age_to smallint not null default 150,
  valid_from date not null,
  valid_until date,
  -- Slots are published up to and including this day.
  published_until date,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, practitioner_role_id) references organizations.practitioner_role (organization_id, id),
  foreign key (organization_id, room_id) references organizations.room (organization_id, id),
  check (age_from <= age_to)
);
create index schedule_doctor on schedules.schedule (organization_id, practitioner_role_id);

-- Working hours of a weekday, local time of the organisation. ISO weekday: 1 = Monday.
create table schedules.weekly_hours (
  organization_id uuid not null,
  schedule_id uuid not null,
  weekday smallint not null check (weekday between 1 and 7),
  starts time not null,
  ends time not null check (ends > starts),
  primary key (organization_id, schedule_id, weekday, starts),
  foreign key (organization_id, schedule_id) references schedules.schedule (organization_id, id)
);

-- Slots are rows, generated ahead. A hold touches only un-indexed columns and never `status`:
-- free = status = 'free' and (hold_until is null or hold_until < :now). seq > 0: several places at one time.
create table schedules.slot (
  organization_id uuid not null,
  schedule_id uuid not null,
  starts_at timestamptz not null,
  seq smallint not null default 0,
  practitioner_role_id uuid not null,
  specialty_code text not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  channels text[] not null,
  age_from smallint not null,
  age_to smallint not null,
  status text not null default 'free' check (status in ('free', 'booked', 'closed')),
  hold_until timestamptz,
  hold_id uuid,
  appointment_id uuid,
  version integer not null default 0,
  primary key (organization_id, schedule_id, starts_at, seq),
  foreign key (organization_id, schedule_id) references schedules.schedule (organization_id, id),
  check ((status = 'booked') = (appointment_id is not null))
) with (fillfactor = 85);
create index slot_free on schedules.slot (organization_id, specialty_code, starts_at) where status = 'free';
create index slot_doctor on schedules.slot (organization_id, practitioner_role_id, starts_at);
-- No two times of one doctor begin together even from two timetables; overlaps of unequal lengths are refused at
-- generation under the lock of the doctor's row in schedules.doctor_day.
create unique index slot_doctor_once on schedules.slot (organization_id, practitioner_role_id, starts_at, seq);

-- The lock that generation, closing and adding times of one doctor's day take, so that their overlap check holds.
create table schedules.doctor_day (
  organization_id uuid not null,
  practitioner_role_id uuid not null,
  day date not null,
  version integer not null default 0,
  primary key (organization_id, practitioner_role_id, day)
);

-- Who changed published times, when, why, and how they looked before and after.
create table schedules.change (
  organization_id uuid not null,
  id uuid not null,
  schedule_id uuid,
  kind text not null check (kind in ('published', 'closed', 'opened', 'added')),
  reason text,
  before jsonb,
  after jsonb,
  actor_id uuid not null,
  at timestamptz not null,
  primary key (organization_id, id)
);
