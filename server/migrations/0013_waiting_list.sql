-- The waiting list (лист ожидания): who wants a time that is not there yet.

-- An entry, the organisation's side. Days and hours are by the organisation's clock; an hour is 'HH:MM', the last one
-- excluded. `earlier`: the patient has a visit of this specialty, keeps it, and wants a sooner one in its place.
create table booking.waiting (
  organization_id uuid not null references organizations.organization (id),
  id uuid not null,
  -- No foreign key: the patient lives on the other side.
  patient_id uuid not null,
  specialty_code text not null,
  -- Only this doctor; null: whoever it is.
  practitioner_role_id uuid,
  first_day date not null,
  last_day date not null check (last_day >= first_day),
  from_time text not null default '00:00' check (from_time ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  until_time text not null default '24:00' check (until_time ~ '^(([01]\d|2[0-3]):[0-5]\d|24:00)$' and until_time > from_time),
  -- Which times it may be given: the channels of whoever put the patient on the list.
  channels text[] not null check (cardinality(channels) > 0),
  earlier boolean not null,
  priority smallint not null default 0 check (priority between 0 and 9),
  -- waiting ⇄ offered → served; or left, or lapsed (its days are over).
  state text not null default 'waiting' check (state in ('waiting', 'offered', 'served', 'left', 'lapsed')),
  joined_by uuid not null,
  joined_at timestamptz not null,
  ended_at timestamptz,
  primary key (organization_id, id),
  check ((state in ('waiting', 'offered')) = (ended_at is null))
);
-- One live entry of a patient for a specialty of an organisation.
create unique index waiting_once on booking.waiting (organization_id, specialty_code, patient_id)
  where state in ('waiting', 'offered');
-- The queue in its order.
create index waiting_order on booking.waiting (organization_id, specialty_code, priority desc, joined_at, id)
  where state in ('waiting', 'offered');
create index waiting_of_patient on booking.waiting (patient_id) where state in ('waiting', 'offered');

-- The lock of one queue. Whoever offers freed times takes it after the slots and before looking who is next; so two who
-- free times at once queue, and the second sees whom the first has served.
create table booking.waiting_queue (
  organization_id uuid not null,
  specialty_code text not null,
  version integer not null default 0,
  primary key (organization_id, specialty_code)
);

-- A freed time held for one entry. Its id is the slot's hold_id, and becomes the id of the appointment when it is taken.
-- The slot's hold outlives `expires_at` by a minute, so that the next in the queue comes before everybody.
-- No foreign key to the slot: a time that nobody ever had may be deleted once past.
create table booking.waiting_offer (
  organization_id uuid not null,
  id uuid not null,
  entry_id uuid not null,
  patient_id uuid not null,
  schedule_id uuid not null,
  starts_at timestamptz not null,
  seq smallint not null,
  ends_at timestamptz not null,
  practitioner_role_id uuid not null,
  specialty_code text not null,
  room_id uuid not null,
  state text not null default 'open' check (state in ('open', 'accepted', 'declined', 'expired')),
  made_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > made_at),
  ended_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, entry_id) references booking.waiting (organization_id, id),
  check ((state = 'open') = (ended_at is null))
);
-- A time is offered to an entry once at most.
create unique index offer_once on booking.waiting_offer (organization_id, entry_id, schedule_id, starts_at, seq);
-- One offer at a time: for an entry, and of a slot. The states of entry and slot decide first; these stand behind them.
create unique index offer_of_entry on booking.waiting_offer (organization_id, entry_id) where state = 'open';
create unique index offer_of_slot on booking.waiting_offer (organization_id, schedule_id, starts_at, seq) where state = 'open';
create index offer_due on booking.waiting_offer (expires_at) where state = 'open';
create index offer_of_patient on booking.waiting_offer (patient_id, id);

-- Who changed the order of the queue, when and why.
create table booking.waiting_priority (
  organization_id uuid not null,
  id uuid not null,
  entry_id uuid not null,
  before smallint not null,
  after smallint not null,
  reason text not null,
  actor_id uuid not null,
  at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, entry_id) references booking.waiting (organization_id, id)
);

-- How often times are given back: what the expected wait is reckoned from.
create index appointment_given_up on booking.appointment (organization_id, specialty_code, cancelled_at)
  where status in ('cancelled', 'moved');
