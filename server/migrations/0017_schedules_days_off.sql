-- Dates on which a timetable has no hours, whatever repeats: ["2026-12-31"]. Hours of a date stand in working_hours.
alter table schedules.schedule add column days_off jsonb not null default '[]';
