-- Times that nobody ever took are deleted a day after they have passed; how many there were stays, so that the use of a
-- doctor's hours can be told for any past day: times = rows of slot + these.
create table schedules.unused_day (
  organization_id uuid not null,
  schedule_id uuid not null,
  -- By the calendar of the organisation.
  day date not null,
  times integer not null check (times > 0),
  primary key (organization_id, schedule_id, day),
  foreign key (organization_id, schedule_id) references schedules.schedule (organization_id, id)
);
