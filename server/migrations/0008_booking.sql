create schema booking;

-- Organisation side: the appointment (запись на приём). Its id is the id of the hold it came from, so confirming the
-- same hold twice cannot make two, whatever keys or connections were lost: the primary key is the request's own id.
create table booking.appointment (
  organization_id uuid not null,
  id uuid not null,
  schedule_id uuid not null,
  starts_at timestamptz not null,
  seq smallint not null,
  ends_at timestamptz not null,
  practitioner_role_id uuid not null,
  specialty_code text not null,
  -- The room it was booked to.
  room_id uuid not null,
  -- No foreign key: the patient lives on the other side.
  patient_id uuid not null,
  status text not null check (status in ('booked', 'arrived', 'in-progress', 'fulfilled', 'no-show', 'cancelled', 'moved')),
  -- Confirmation code that a person can read out, and the random token of the ticket's address.
  code text not null,
  ticket_token text not null,
  channel text not null check (channel in ('portal', 'registrar', 'doctor')),
  created_by uuid not null,
  created_at timestamptz not null,
  cancelled_at timestamptz,
  cancel_reason text,
  -- The appointment this one replaced when it was moved; the first one of such a chain gives the calendar event its UID.
  moved_from uuid,
  calendar_uid uuid not null,
  -- iCalendar SEQUENCE of the visit (RFC 5545 §3.8.7.4).
  sequence integer not null default 0,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, schedule_id, starts_at, seq) references schedules.slot (organization_id, schedule_id, starts_at, seq)
) with (fillfactor = 85);
-- One slot, one patient. The slot row decides first; this index is the second line of defence.
create unique index appointment_live on booking.appointment (organization_id, schedule_id, starts_at, seq)
  where status in ('booked', 'arrived', 'in-progress', 'fulfilled', 'no-show');
create unique index appointment_ticket on booking.appointment (organization_id, ticket_token);
-- A day of the organisation, or of one of its doctors: a few hundred entries to look through either way.
create index appointment_day on booking.appointment (organization_id, starts_at, practitioner_role_id);

-- Patient side: the same visit as the patient's cabinet lists it, and the claim that keeps the patient's rules.
-- A hold is a coming visit with `held_until`; confirming only clears it (un-indexed, so a HOT update). Nothing sweeps:
-- an expired hold is free for others at once (the slot says so), and the patient's own next hold removes it here and
-- lets go of visits whose time has come.
-- States: coming (held while held_until is set) → began → over; or cancelled, or moved (another visit took its place).
-- moving: a hold that is to take the place of `replaces`, which still stands; therefore no rule binds it yet.
create table booking.patient_visit (
  patient_id uuid not null references patients.patient (patient_id),
  visit_id uuid not null,
  organization_id uuid not null,
  schedule_id uuid not null,
  starts_at timestamptz not null,
  seq smallint not null,
  ends_at timestamptz not null,
  practitioner_role_id uuid not null,
  specialty_code text not null,
  room_id uuid not null,
  state text not null check (state in ('coming', 'moving', 'began', 'over', 'cancelled', 'moved')),
  held_until timestamptz,
  held_by uuid,
  channel text,
  replaces uuid,
  created_at timestamptz not null,
  primary key (patient_id, visit_id),
  check (held_until is null or (state in ('coming', 'moving') and held_by is not null and channel is not null)),
  check ((state = 'moving') = (replaces is not null)),
  check (state <> 'moving' or held_until is not null),
  -- One patient is in one place at a time.
  constraint visits_do_not_overlap exclude using gist (patient_id with =, tstzrange(starts_at, ends_at) with &&)
    where (state in ('coming', 'began'))
) with (fillfactor = 80);
-- One patient, one coming visit per specialty.
create unique index one_visit_per_specialty on booking.patient_visit (patient_id, specialty_code) where state = 'coming';
-- One visit is moved to one other time: nobody sets a whole day aside in the name of a single appointment.
create unique index one_move_per_visit on booking.patient_visit (patient_id, replaces) where state = 'moving';
