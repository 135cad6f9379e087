-- The rules of the region (BOK-4) as data. A rule is its versions; nothing is ever changed or deleted here, so what was
-- in force at any past moment can be shown. The latest version whose `takes_effect_at` has come is in force.
create table booking.rule_version (
  rule_id uuid not null,
  version integer not null check (version > 0),
  kind text not null check (kind in ('age', 'sex', 'attachment', 'referral', 'visits-per-specialty', 'daily-load',
    'channel-quota', 'priority-hours', 'cool-down', 'minimum-notice', 'horizon', 'holds-at-once')),
  name text not null,
  legal_source text not null,
  -- Days of visits that it judges.
  valid_from date not null,
  valid_until date check (valid_until >= valid_from),
  place smallint not null,
  overridable boolean not null,
  -- Empty: all.
  organization_ids uuid[] not null,
  specialty_codes text[] not null,
  channels text[] not null,
  -- As the contract of the kind has it.
  parameters jsonb not null,
  takes_effect_at timestamptz not null,
  withdrawn boolean not null,
  changed_at timestamptz not null,
  changed_by uuid not null,
  changed_by_name text not null,
  reason text not null,
  primary key (rule_id, version)
);

-- The name of the present content of the table above: a new one with every change. Each hold reads it on its way, and a
-- node reads the rules anew only when it differs from what it has. Its row is also the lock of who changes rules.
create table booking.rule_set (
  single boolean primary key default true check (single),
  revision uuid not null
);
insert into booking.rule_set (revision) values ('00000000-0000-7000-8000-000000000000');

-- A rule that staff booked past, with the reason; kept with the appointment (its id is the hold's).
create table booking.rule_override (
  organization_id uuid not null,
  appointment_id uuid not null,
  rule_id uuid not null,
  rule_version integer not null,
  reason text not null,
  actor_id uuid not null,
  actor_name text not null,
  at timestamptz not null,
  primary key (organization_id, appointment_id, rule_id),
  foreign key (rule_id, rule_version) references booking.rule_version (rule_id, version)
);
create index rule_override_rule on booking.rule_override (rule_id, at);

-- The number of the paper referral that staff saw when they booked.
create table booking.visit_referral (
  organization_id uuid not null,
  appointment_id uuid not null,
  number text not null,
  primary key (organization_id, appointment_id)
);

-- The lock of what may be booked to one doctor, used only where a rule limits the doctor's day. Whoever holds a time
-- there locks the row before taking the slot and counts after: so two queue, and the second counts what the first took.
create table booking.doctor_line (
  organization_id uuid not null,
  practitioner_role_id uuid not null,
  version integer not null default 0,
  primary key (organization_id, practitioner_role_id)
) with (fillfactor = 50);

-- Where the rule allows several visits to one specialty, each has a scope of its own; null: the specialty, so one.
alter table booking.patient_visit add column rule_scope text;
drop index booking.one_visit_per_specialty;
create unique index one_visit_per_specialty on booking.patient_visit (patient_id, (coalesce(rule_scope, specialty_code)))
  where state = 'coming';
-- The patient did not come. The patient's side has to know: the rule that closes booking after no-shows looks here.
alter table booking.patient_visit add column missed boolean not null default false;
update booking.patient_visit v set missed = true from booking.appointment a
  where a.organization_id = v.organization_id and a.id = v.visit_id and a.status = 'no-show';

-- Through which channel the time was held or booked last: what quotas of channels count. Un-indexed, so a hold stays HOT.
alter table schedules.slot add column taken_through text;
update schedules.slot s set taken_through = a.channel from booking.appointment a
  where s.status = 'booked' and a.organization_id = s.organization_id and a.id = s.appointment_id;

-- What lets a patient in first (PAT-5): a group, by which paper, since when and until when.
create table patients.benefit (
  patient_id uuid not null references patients.patient (patient_id),
  id uuid not null,
  code text not null check (code in ('veteran', 'disabled', 'pregnant')),
  document text not null,
  since date not null,
  until date check (until >= since),
  primary key (patient_id, id)
);
create unique index benefit_once on patients.benefit (patient_id, code, since);
