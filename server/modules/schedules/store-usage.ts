import { sql, type Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import type { Work } from '../../platform/work.ts'

/** Days of an organisation: the days themselves, by its calendar and inclusive, and the instants they span. */
export type DaysOf = {
  organizationId: string
  timeZone: string
  changeDeadlineMinutes: number
  from: string
  to: string
  since: Date
  until: Date
}

/** How many times a timetable had on a day, besides those that were taken. */
export type TimesOfDay = {
  organizationId: string
  staffId: string
  roomId: string
  specialtyCode: string
  day: string
  /** Not closed and taken by nobody: those that have passed, and those ahead. */
  unused: number
  free: number
  closed: number
}

/**
 * Times by timetable and day. A timetable's times of a period stand together in the primary key, so what is read is what
 * is counted.
 */
export async function countTimes(work: Work, days: readonly DaysOf[]): Promise<TimesOfDay[]> {
  const { rows } = await sql<TimesOfDay>`
    select t.organization_id as "organizationId", t.practitioner_role_id as "staffId", t.room_id as "roomId",
      t.specialty_code as "specialtyCode", c.day, c.unused, c.free, c.closed
    from ${asked(days)}
    join schedules.schedule t on t.organization_id = p.organization_id
    cross join lateral (
      select (s.starts_at at time zone p.zone)::date as day,
        count(*) filter (where s.status = 'free' and s.starts_at <= ${work.now})::int as unused,
        count(*) filter (where s.status = 'free' and s.starts_at > ${work.now})::int as free,
        count(*) filter (where s.status = 'closed')::int as closed
      from schedules.slot s
      where s.organization_id = t.organization_id and s.schedule_id = t.id and s.starts_at >= p.since and s.starts_at < p.until
      group by 1
      union all
      select u.day, u.times, 0, 0 from schedules.unused_day u
      where u.organization_id = t.organization_id and u.schedule_id = t.id and u.day between p.first and p.last
    ) c`.execute(work.db)
  return rows
}

const asked = (days: readonly DaysOf[]) => sql`
  unnest(${days.map((d) => d.organizationId)}::uuid[], ${days.map((d) => d.timeZone)}::text[], ${days.map((d) => d.from)}::date[],
    ${days.map((d) => d.to)}::date[], ${days.map((d) => d.since)}::timestamptz[], ${days.map((d) => d.until)}::timestamptz[])
    as p (organization_id, zone, first, last, since, until)`

export type ThirdFree = { organizationId: string; staffId: string; specialtyCode: string; startsAt: Date }

/**
 * The free times ahead that citizens may take, the first three of every doctor in every specialty. A single time that
 * somebody gave back an hour ago says little of how long people wait; the third one does.
 */
export async function nearestFreeTimes(work: Work, organizationIds: readonly string[]): Promise<ThirdFree[]> {
  const { rows } = await sql<ThirdFree>`
    select d.organization_id as "organizationId", d.practitioner_role_id as "staffId", d.specialty_code as "specialtyCode",
      f.starts_at as "startsAt"
    from (
      select distinct t.organization_id, t.practitioner_role_id, t.specialty_code from schedules.schedule t
      where t.organization_id = any(${[...organizationIds]}::uuid[])
    ) d
    cross join lateral (
      select s.starts_at from schedules.slot s
      where s.organization_id = d.organization_id and s.practitioner_role_id = d.practitioner_role_id
        and s.specialty_code = d.specialty_code and s.starts_at > ${work.now} and s.status = 'free'
        and (s.hold_until is null or s.hold_until <= ${work.now})
        and 'portal' = any(case when s.opens_to_all_at <= ${work.now} then s.channels_later else s.channels end)
      order by s.starts_at limit 3
    ) f`.execute(work.db)
  return rows
}

/**
 * Removes times that began before `before` and that nobody ever had, and keeps how many there were on each day; a doctor's
 * past bookings stay. Walks specialty by specialty, so that the index of free times leads straight to them. Returns how many.
 */
export async function deleteUnusedSlots(
  db: Kysely<DB>,
  before: Date,
  zones: ReadonlyMap<string, string>,
): Promise<number> {
  const { rows } = await sql<{ times: number }>`
    with gone as (
      delete from schedules.slot s
      using (select distinct organization_id, specialty_code from schedules.schedule) t
      where s.organization_id = t.organization_id and s.specialty_code = t.specialty_code and s.starts_at < ${before}
        and s.version = 0 and s.status = 'free'
      returning s.organization_id, s.schedule_id, s.starts_at
    ), days as (
      select g.organization_id, g.schedule_id, (g.starts_at at time zone z.zone)::date as day, count(*)::int as times
      from gone g
      join unnest(${[...zones.keys()]}::uuid[], ${[...zones.values()]}::text[]) z (id, zone) on z.id = g.organization_id
      group by 1, 2, 3
    ), kept as (
      insert into schedules.unused_day as u (organization_id, schedule_id, day, times)
      select organization_id, schedule_id, day, times from days
      on conflict (organization_id, schedule_id, day) do update set times = u.times + excluded.times
    )
    select coalesce(sum(times), 0)::int as times from days`.execute(db)
  return rows[0]!.times
}
