import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { DaysOf } from '../schedules/index.ts'

/** How many visits of a doctor, of one channel, on a day, ended so. */
export type VisitsOfDay = {
  organizationId: string
  staffId: string
  roomId: string
  specialtyCode: string
  day: string
  channel: string
  /** `late`: given back, by either side, after the time from which the patient alone could not. */
  outcome: 'fulfilled' | 'no-show' | 'unmarked' | 'coming' | 'late'
  visits: number
}

/** Visits by day, doctor, channel and outcome. Reads a period of an organisation by the index `appointment_day`. */
export async function countVisits(work: Work, days: readonly DaysOf[]): Promise<VisitsOfDay[]> {
  const { rows } = await sql<VisitsOfDay>`
    select a.organization_id as "organizationId", a.practitioner_role_id as "staffId", a.room_id as "roomId",
      a.specialty_code as "specialtyCode", (a.starts_at at time zone p.zone)::date as day, a.channel,
      case
        when a.status in ('fulfilled', 'no-show') then a.status
        when a.status in ('cancelled', 'moved') then 'late'
        when a.ends_at <= ${work.now} then 'unmarked'
        else 'coming' end as outcome,
      count(*)::int as visits
    from unnest(${days.map((d) => d.organizationId)}::uuid[], ${days.map((d) => d.timeZone)}::text[],
      ${days.map((d) => d.since)}::timestamptz[], ${days.map((d) => d.until)}::timestamptz[],
      ${days.map((d) => d.changeDeadlineMinutes)}::int[]) as p (organization_id, zone, since, until, deadline)
    join booking.appointment a on a.organization_id = p.organization_id and a.starts_at >= p.since and a.starts_at < p.until
    where a.status not in ('cancelled', 'moved') or a.cancelled_at > a.starts_at - make_interval(mins => p.deadline)
    group by 1, 2, 3, 4, 5, 6, 7`.execute(work.db)
  return rows
}
