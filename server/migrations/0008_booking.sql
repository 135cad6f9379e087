create schema booking;

-- Organisation side: the appointment (запись на приём).
create table booking.appointment (
  organization_id uuid not null,
  id uuid not null,
  schedule_id uuid not null,
  starts_at timestamptz not null,
  seq smallint not null,
  ends_at timestamptz not null,
  practitioner_role_id uuid not null,
  specialty_code text not null,
  -- No foreign key: the patient lives on the other side.
  patient_id uuid not null,
  status text not null check (status in ('booked', 'arrived', 'in-progress', 'fulfilled', 'no-show', 'cancelled', 'moved')),
  -- Confirmation code that a person can read out, and the random token of the ticket's address.
  code text not null,
  ticket_token text not null,
  channel text not null check (channel in ('portal', 'registrar', 'doctor')),
  request_id uuid not null,
  created_by uuid not null,
  created_at timestamptz not null,
  cancelled_at timestamptz,
  cancel_reason text,
  -- The appointment this one replaced when it was moved.
  moved_from uuid,
  -- iCalendar SEQUENCE of the visit (RFC 5545 §3.8.7.4).
  sequence integer not null default 0,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, schedule_id, starts_at, seq) references schedules.slot (organization_id, schedule_id, starts_at, seq)
) with (fillfactor = 90);
-- One slot, one patient. The slot row decides first; this index is the second line of defence.
create unique index appointment_live on booking.appointment (organization_id, schedule_id, starts_at, seq)
  where status in ('booked', 'arrived', 'in-progress', 'fulfilled', 'no-show');
create unique index appointment_request on booking.appointment (organization_id, request_id);
create unique index appointment_ticket on booking.appointment (ticket_token);
create index appointment_day on booking.appointment (organization_id, practitioner_role_id, starts_at);

-- Patient side: the same visit as the patient's cabinet lists it, and the claim that keeps the patient's rules.
-- A hold is a claim with held_until; confirming clears it. Stale rows are settled by the patient's next statement.
create table booking.patient_visit (
  patient_id uuid not null references patients.patient (patient_id),
  visit_id uuid not null,
  organization_id uuid not null,
  practitioner_role_id uuid not null,
  specialty_code text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  state text not null check (state in ('held', 'booked', 'over', 'cancelled', 'moved')),
  held_until timestamptz,
  held_by uuid,
  schedule_id uuid not null,
  seq smallint not null,
  created_at timestamptz not null,
  primary key (patient_id, visit_id),
  check ((state = 'held') = (held_until is not null)),
  -- One patient is in one place at a time.
  constraint visits_do_not_overlap exclude using gist (patient_id with =, tstzrange(starts_at, ends_at) with &&)
    where (state in ('held', 'booked'))
);
-- One patient, one coming visit per specialty.
create unique index one_visit_per_specialty on booking.patient_visit (patient_id, specialty_code) where state in ('held', 'booked');
create index patient_visit_time on booking.patient_visit (patient_id, starts_at desc);
