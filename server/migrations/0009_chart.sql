create schema chart;

-- Случай обслуживания (025-1/у): what brought the patient, from opening to outcome.
create table chart.episode (
  patient_id uuid not null references patients.patient (patient_id),
  id uuid not null,
  organization_id uuid not null,
  opened_by uuid not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  number text not null,
  primary key (patient_id, id)
);

-- Посещение within a case. One visit per appointment.
create table chart.visit (
  patient_id uuid not null,
  id uuid not null,
  episode_id uuid not null,
  organization_id uuid not null,
  appointment_id uuid,
  practitioner_role_id uuid not null,
  specialty_code text not null,
  kind text not null check (kind in ('primary', 'repeat')),
  started_at timestamptz not null,
  finished_at timestamptz,
  state text not null check (state in ('open', 'signed')),
  primary key (patient_id, id),
  foreign key (patient_id, episode_id) references chart.episode (patient_id, id)
);
create unique index visit_appointment on chart.visit (patient_id, appointment_id) where appointment_id is not null;
create index visit_doctor on chart.visit (organization_id, practitioner_role_id, started_at);

-- What the doctor is typing. Saved at every pause; `version` shows that two tabs wrote.
create table chart.draft (
  patient_id uuid not null,
  visit_id uuid not null,
  version integer not null,
  body jsonb not null,
  saved_by uuid not null,
  saved_at timestamptz not null,
  primary key (patient_id, visit_id),
  foreign key (patient_id, visit_id) references chart.visit (patient_id, id)
);

-- Clinical facts: the FHIR R4 resource as it came (text, byte for byte) beside the columns that searches need.
-- Patient first in every key. A new version is a new row; the newest has is_current.
create table chart.fact (
  patient_id uuid not null references patients.patient (patient_id),
  id uuid not null,
  version integer not null,
  is_current boolean not null,
  kind text not null,
  at timestamptz not null,
  -- The day of `at` by the calendar of the organisation: what people filter by.
  day date not null,
  organization_id uuid not null,
  practitioner_role_id uuid,
  visit_id uuid,
  document_id uuid,
  code_system text,
  code text,
  -- A line of the timeline in Russian: «Острый бронхит», «Общий анализ крови».
  title text not null,
  status text,
  resource text not null,
  recorded_at timestamptz not null,
  primary key (patient_id, id, version)
);
create unique index fact_current on chart.fact (patient_id, id) where is_current;
create index fact_timeline on chart.fact (patient_id, at desc, id desc) where is_current;
