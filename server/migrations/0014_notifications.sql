create schema notifications;

-- What a patient, and everybody who acts for them, is told. Ids only: the words are made when they are shown or sent.
create table notifications.notification (
  patient_id uuid not null references patients.patient (patient_id),
  id uuid not null,
  kind text not null,
  -- The event it comes from; of a reminder, the appointment.
  source_id uuid not null,
  data jsonb not null,
  created_at timestamptz not null,
  read_at timestamptz,
  primary key (patient_id, id)
);
-- One notification per patient, kind and event, however often the event is told and whichever nodes hear it.
create unique index notification_once on notifications.notification (patient_id, kind, source_id);
create index notification_unread on notifications.notification (patient_id) where read_at is null;

-- The same on its way outside: by a channel, to an address of a recipient (the patient or who acts for them). The id is
-- the message's own: SMTP and the SMS gateway are given it again when a crash left it unknown whether it had been sent.
-- waiting → sending → accepted | refused | given-up; not-needed: a reminder of a visit that has been cancelled meanwhile.
create table notifications.delivery (
  patient_id uuid not null references patients.patient (patient_id),
  id uuid not null,
  -- Of a code that confirms an address there is no notification: its id stands for itself.
  notification_id uuid not null,
  kind text not null,
  recipient_id uuid not null,
  channel text not null check (channel in ('email', 'sms', 'push')),
  address text not null,
  state text not null check (state in ('waiting', 'sending', 'accepted', 'refused', 'given-up', 'not-needed')),
  attempts smallint not null default 0,
  not_before timestamptz not null,
  -- After it the message is of no use: a reminder when the visit has begun.
  expires_at timestamptz,
  -- A node that died while it sent has it until then.
  claimed_until timestamptz,
  finished_at timestamptz,
  reason text,
  -- What the other side calls it.
  reference text,
  created_at timestamptz not null,
  primary key (patient_id, id)
) with (fillfactor = 80);
create unique index delivery_once on notifications.delivery (patient_id, notification_id, channel, address);
create index delivery_due on notifications.delivery (not_before) where state in ('waiting', 'sending');
-- The administrator's journal, newest first.
create index delivery_journal on notifications.delivery (id desc);

-- How a person wants to be told: as the patient they are themselves. No row: what rules.ts calls usual.
create table notifications.preference (
  patient_id uuid primary key references patients.patient (patient_id),
  email_on boolean not null,
  sms_on boolean not null,
  push_on boolean not null,
  remind_day boolean not null,
  remind_hours boolean not null,
  -- 'HH:MM' by the clock of the organisation or the region; equal: no quiet hours.
  quiet_from text not null,
  quiet_until text not null,
  updated_at timestamptz not null
);

-- An address of one's own instead of ЕСИА's, confirmed by a code.
create table notifications.contact (
  patient_id uuid not null references patients.patient (patient_id),
  channel text not null check (channel in ('email', 'sms')),
  address text not null,
  confirmed_at timestamptz not null,
  primary key (patient_id, channel)
);

-- An address that waits for its code: one at a time.
create table notifications.contact_request (
  patient_id uuid not null references patients.patient (patient_id),
  channel text not null check (channel in ('email', 'sms')),
  id uuid not null,
  address text not null,
  code text not null,
  tries smallint not null default 0,
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (patient_id, channel)
);

-- A browser that agreed to web push (RFC 8030): where to send and the keys to encrypt for (RFC 8291).
create table notifications.push_subscription (
  patient_id uuid not null references patients.patient (patient_id),
  id uuid not null,
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  user_agent text,
  created_at timestamptz not null,
  primary key (patient_id, id)
);
create unique index push_subscription_once on notifications.push_subscription (patient_id, endpoint);
-- A browser belongs to whoever signed in to it last.
create index push_subscription_endpoint on notifications.push_subscription (endpoint);

-- Reminders that are still ahead. The row is taken when its time comes: one node gets it.
create table notifications.reminder (
  patient_id uuid not null references patients.patient (patient_id),
  appointment_id uuid not null,
  kind text not null check (kind in ('visit-reminder-day', 'visit-reminder-hours')),
  organization_id uuid not null,
  due_at timestamptz not null,
  primary key (patient_id, appointment_id, kind)
);
create index reminder_due on notifications.reminder (due_at);

-- «Приду / не приду» without signing in: who holds the random token may answer for this one visit.
create table notifications.answer_link (
  token text primary key,
  patient_id uuid not null references patients.patient (patient_id),
  organization_id uuid not null,
  appointment_id uuid not null,
  created_at timestamptz not null
);
create unique index answer_link_visit on notifications.answer_link (patient_id, appointment_id);

-- What the patient answered to a reminder, for the registrar's and the doctor's list of the day.
alter table booking.appointment add column patient_answer text check (patient_answer in ('coming', 'not-coming'));
