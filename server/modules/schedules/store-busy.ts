import { sql, type Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import type { Work } from '../../platform/work.ts'
import type { BusyElsewhere } from './closings.ts'
import type { Interval } from './rules.ts'

/** When doctors of an organisation are busy elsewhere after an instant, earliest first. */
export async function busyAfter(db: Kysely<DB>, organizationId: string, after: Date): Promise<BusyElsewhere[]> {
  const { rows } =
    await sql<BusyElsewhere>`select b.source_id as id, b.staff_ids as "staffIds", b.starts_at as "startsAt",
      b.ends_at as "endsAt"
    from schedules.external_busy b where b.organization_id = ${organizationId} and b.ends_at > ${after}
    order by b.starts_at, b.source_id`.execute(db)
  return rows
}

/** Puts what a calendar says now in the place of what it said before. */
export async function replaceBusy(
  work: Work,
  source: { organizationId: string; sourceId: string; staffIds: readonly string[] },
  times: readonly Interval[],
): Promise<void> {
  await sql`delete from schedules.external_busy
    where organization_id = ${source.organizationId} and source_id = ${source.sourceId}`.execute(work.db)
  await sql`insert into schedules.external_busy (organization_id, source_id, starts_at, ends_at, staff_ids)
    select ${source.organizationId}, ${source.sourceId}, t.starts_at, t.ends_at, ${[...source.staffIds]}::uuid[]
    from unnest(${times.map((t) => t.startsAt.toISOString())}::timestamptz[],
      ${times.map((t) => t.endsAt.toISOString())}::timestamptz[]) as t (starts_at, ends_at)`.execute(work.db)
}

/** A booked time ahead at which its doctor is busy elsewhere. */
export type BookedBusy = Interval & { sourceId: string; staffId: string; appointmentId: string }

/** Booked times ahead, of one doctor when named, that a calendar outside stands against; earliest first. */
export async function bookedWhileBusy(
  work: Work,
  organizationId: string,
  staffId: string | undefined,
): Promise<BookedBusy[]> {
  const { rows } = await sql<BookedBusy>`
    select distinct on (s.starts_at, s.appointment_id) b.source_id as "sourceId", s.practitioner_role_id as "staffId",
      s.appointment_id as "appointmentId", s.starts_at as "startsAt", s.ends_at as "endsAt"
    from schedules.external_busy b
    cross join lateral unnest(b.staff_ids) as p (id)
    join schedules.slot s on s.organization_id = b.organization_id and s.practitioner_role_id = p.id
      and s.starts_at < b.ends_at and s.ends_at > b.starts_at
    where b.organization_id = ${organizationId} and b.ends_at > ${work.now} and s.starts_at > ${work.now}
      and s.status = 'booked' and s.appointment_id is not null
      ${staffId ? sql`and ${staffId} = any(b.staff_ids) and s.practitioner_role_id = ${staffId}` : sql``}
    order by s.starts_at, s.appointment_id, b.source_id`.execute(work.db)
  return rows
}
