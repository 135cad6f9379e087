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
  check (age_from <= age_to),
  check (valid_until >= valid_from)
);
create index schedule_doctor on schedules.schedule (organization_id, practitioner_role_id);
create index schedule_room on schedules.schedule (organization_id, room_id);

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

-- Slots are rows, generated ahead. A hold touches only un-indexed columns and never `status`, so it is a HOT update:
-- free = status = 'free' and (hold_until is null or hold_until <= :now). seq > 0: several places at one time.
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
  -- Counts bookings, releases, closings; 0 means nobody ever had this time, and then it may be deleted once past.
  version integer not null default 0,
  primary key (organization_id, schedule_id, starts_at, seq),
  foreign key (organization_id, schedule_id) references schedules.schedule (organization_id, id),
  check ((status = 'booked') = (appointment_id is not null))
) with (fillfactor = 85);
create index slot_free on schedules.slot (organization_id, specialty_code, starts_at) where status = 'free';
-- The doctor's days, and: no two times of one doctor begin together, even from two timetables. Overlaps of unequal
-- lengths are refused when times are made, under the locks of schedules.timeline.
create unique index slot_doctor_once on schedules.slot (organization_id, practitioner_role_id, starts_at, seq);

-- The lock of one doctor's or one room's time (`resource_id`: practitioner role or room). Whoever makes times (a new
-- timetable, the daily publication, an added time) locks both rows, in the order of their ids, before looking for
-- overlaps; so two who make overlapping times queue, and the second sees what the first has made.
create table schedules.timeline (
  organization_id uuid not null,
  resource_id uuid not null,
  version integer not null default 0,
  primary key (organization_id, resource_id)
);

-- Who changed a timetable or published times, when, why, and how they looked before and after.
create table schedules.change (
  organization_id uuid not null,
  id uuid not null,
  schedule_id uuid not null,
  starts_at timestamptz,
  kind text not null check (kind in ('created', 'closed', 'opened', 'added')),
  reason text,
  before jsonb,
  after jsonb,
  actor_id uuid not null,
  at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, schedule_id) references schedules.schedule (organization_id, id)
);
create index change_schedule on schedules.change (organization_id, schedule_id, at);
