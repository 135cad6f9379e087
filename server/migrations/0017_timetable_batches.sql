-- Many timetables of one organisation edited at once by one person. Each item is carried out by itself, all of it or
-- nothing, by a job that may be stopped and started at any moment: what waits is not done, what is done is not done again.
create table booking.timetable_batch (
  organization_id uuid not null references organizations.organization (id),
  id uuid not null,
  -- In whose name it is done, as the session was when it was asked for.
  actor_id uuid not null,
  actor_role text not null,
  actor_name text not null,
  actor_staff_id uuid,
  from_day date not null,
  reason text not null,
  created_at timestamptz not null,
  primary key (organization_id, id)
);

create table booking.timetable_batch_item (
  organization_id uuid not null,
  batch_id uuid not null,
  n smallint not null,
  schedule_id uuid not null,
  staff_id uuid not null,
  -- Of the timetable when the draft was begun.
  version int not null,
  -- What changes, as the contract has it.
  changes jsonb not null,
  state text not null check (state in ('waiting', 'done', 'touches-visits', 'refused')),
  -- How often it was tried in vain for what another item of the same batch may clear away.
  attempt smallint not null default 0,
  -- How many booked visits stand in the way.
  visits int not null default 0,
  -- Why it was refused: {"title", "detail", "advice"}.
  problem jsonb,
  finished_at timestamptz,
  primary key (organization_id, batch_id, n),
  foreign key (organization_id, batch_id) references booking.timetable_batch (organization_id, id)
);
create index timetable_batch_item_waiting on booking.timetable_batch_item (organization_id, batch_id, n) where state = 'waiting';
