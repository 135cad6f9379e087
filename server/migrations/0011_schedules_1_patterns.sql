-- Hours of a timetable by more than the weekday, visit kinds, restrictions, quotas of channels, the horizon as data.

-- A row says when hours apply: on a weekday (of every week, or of odd or even ISO weeks, or only on odd or even days of
-- the month), on a day of a cycle (1 is the cycle's first day), or on one date, where it stands instead of what repeats.
alter table schedules.weekly_hours rename to working_hours;
alter table schedules.working_hours
  add column n smallint,
  add column which_days text not null default 'every'
    check (which_days in ('every', 'odd-weeks', 'even-weeks', 'odd-dates', 'even-dates')),
  add column cycle_day smallint check (cycle_day between 1 and 60),
  add column on_date date,
  -- Kind of visit these hours are for; null: any.
  add column kind text check (kind in ('primary', 'repeat', 'procedure', 'home-visit', 'telemedicine'));
update schedules.working_hours h set n = o.n
  from (select organization_id, schedule_id, weekday, starts,
      row_number() over (partition by organization_id, schedule_id order by weekday, starts) as n
    from schedules.working_hours) o
  where o.organization_id = h.organization_id and o.schedule_id = h.schedule_id and o.weekday = h.weekday and o.starts = h.starts;
alter table schedules.working_hours drop constraint weekly_hours_pkey;
alter table schedules.working_hours
  alter column weekday drop not null,
  alter column n set not null,
  add primary key (organization_id, schedule_id, n),
  add check (num_nonnulls(weekday, cycle_day, on_date) = 1),
  add check (which_days = 'every' or weekday is not null);

alter table schedules.schedule
  -- Breaks of every day: [{"starts": "12:00", "ends": "12:30"}].
  add column breaks jsonb not null default '[]',
  -- Minutes of a time by kind of visit, where they differ from slot_minutes: {"primary": 20}.
  add column lengths jsonb not null default '{}',
  add column cycle_days smallint check (cycle_days between 2 and 60),
  add column cycle_from date,
  add column sex text check (sex in ('male', 'female')),
  add column attached_only boolean not null default false,
  add column referral_needed boolean not null default false,
  -- Shares of a day's times that are one channel's own, percent: [{"channel": "portal", "share": 60}]; what is left is
  -- everybody's. quota_hours before a time begins it is everybody's too.
  add column quotas jsonb not null default '[]',
  add column quota_hours smallint not null default 24 check (quota_hours between 0 and 720),
  add check ((cycle_days is null) = (cycle_from is null)),
  drop constraint schedule_channels_check,
  add constraint schedule_channels_check check (
    channels <@ array['portal', 'call-centre', 'registrar', 'doctor', 'system'] and cardinality(channels) > 0
  );

-- What a time says by itself, copied from its timetable when it is made. `channels` are those it is open to until
-- opens_to_all_at (when there is one), channels_later those from then on: a predicate, nothing sweeps.
alter table schedules.slot
  add column kind text not null default 'any'
    check (kind in ('any', 'primary', 'repeat', 'procedure', 'home-visit', 'telemedicine')),
  add column sex text,
  add column attached_only boolean not null default false,
  add column referral_needed boolean not null default false,
  add column channels_later text[],
  add column opens_to_all_at timestamptz,
  add check ((channels_later is null) = (opens_to_all_at is null));

-- How far ahead an organisation opens its times, and at what time of day the newest day opens. No row: 14 days, 07:00.
create table schedules.publication (
  organization_id uuid primary key references organizations.organization (id),
  days smallint not null check (days between 1 and 90),
  opens_at time not null
);

alter table booking.appointment
  drop constraint appointment_channel_check,
  add constraint appointment_channel_check check (channel in ('portal', 'call-centre', 'registrar', 'doctor', 'system'));
