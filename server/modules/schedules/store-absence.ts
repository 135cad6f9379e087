import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { CalendarDay } from './calendar.ts'
import type { Absence, Calendar, Closings } from './closings.ts'
import { busyAfter } from './store-busy.ts'

export type AbsenceKind = 'vacation' | 'sick-leave' | 'training' | 'other' | 'room-closed' | 'organization-closed'

/** An absence as it is kept. Live while `removedAt` is null. */
export type AbsenceRow = Omit<Absence, 'staffIds'> & {
  organizationId: string
  kind: AbsenceKind
  staffId: string | null
  staffIds: string[]
  substituteId: string | null
  reason: string
  createdBy: string
  createdAt: Date
  removedAt: Date | null
}

const columns = sql`a.organization_id as "organizationId", a.id, a.kind, a.staff_id as "staffId", a.staff_ids as "staffIds", a.room_id as "roomId",
  a.substitute_id as "substituteId", a.starts_at as "startsAt", a.ends_at as "endsAt", a.reason, a.created_by as "createdBy",
  a.created_at as "createdAt", a.removed_at as "removedAt"`

const rowsWhere = async (db: Kysely<DB>, condition: RawBuilder<unknown>): Promise<AbsenceRow[]> =>
  (
    await sql<AbsenceRow>`select ${columns} from schedules.absence a where ${condition} order by a.starts_at, a.id`.execute(
      db,
    )
  ).rows

/** Live absences that end after an instant. */
export const liveAbsences = (db: Kysely<DB>, organizationId: string, after: Date): Promise<AbsenceRow[]> =>
  rowsWhere(db, sql`a.organization_id = ${organizationId} and a.removed_at is null and a.ends_at > ${after}`)

export async function findAbsence(work: Work, organizationId: string, id: string): Promise<AbsenceRow | undefined> {
  return (await rowsWhere(work.db, sql`a.organization_id = ${organizationId} and a.id = ${id}`))[0]
}

/** Adds an absence; false when its id is there already. */
export async function insertAbsence(
  work: Work,
  a: Omit<AbsenceRow, 'removedAt' | 'createdBy' | 'createdAt'>,
): Promise<boolean> {
  const done =
    await sql`insert into schedules.absence (organization_id, id, kind, staff_id, staff_ids, room_id, substitute_id,
      starts_at, ends_at, reason, created_by, created_at)
    values (${a.organizationId}, ${a.id}, ${a.kind}, ${a.staffId}, ${a.staffIds}::uuid[], ${a.roomId}, ${a.substituteId},
      ${a.startsAt}, ${a.endsAt}, ${a.reason}, ${work.actor.id}, ${work.now}) on conflict do nothing`.execute(work.db)
  return done.numAffectedRows === 1n
}

/** Ends a live absence; false when it is not live any more. */
export async function markRemoved(work: Work, organizationId: string, id: string): Promise<boolean> {
  const done = await sql`update schedules.absence set removed_by = ${work.actor.id}, removed_at = ${work.now}
    where organization_id = ${organizationId} and id = ${id} and removed_at is null`.execute(work.db)
  return done.numAffectedRows === 1n
}

/** The production calendar between two days, both included. */
export async function calendarBetween(db: Kysely<DB>, first: string, last: string): Promise<Calendar> {
  const { rows } = await sql<CalendarDay & { id: string }>`select day, id, kind, like_weekday as "like", name
    from schedules.calendar_day where day between ${first}::date and ${last}::date`.execute(db)
  return new Map(rows.map((row) => [row.day, row]))
}

/** What closes times of an organisation by themselves on these days. */
export async function closingsBetween(
  db: Kysely<DB>,
  organizationId: string,
  { after, first, last }: { after: Date; first: string; last: string },
): Promise<Closings> {
  const [absences, calendar, busy] = await Promise.all([
    liveAbsences(db, organizationId, after),
    calendarBetween(db, first, last),
    busyAfter(db, organizationId, after),
  ])
  return { absences, calendar, busy }
}

/**
 * Puts a calendar in the place of what there was for its years. Days that stay as they are keep their ids. Returns the
 * days that differ from before.
 */
export async function replaceCalendar(db: Kysely<DB>, days: readonly CalendarDay[]): Promise<string[]> {
  const years = [...new Set(days.map((d) => d.day.slice(0, 4)))].sort()
  if (years.length === 0) return []
  const known = await calendarBetween(db, `${years[0]}-01-01`, `${years.at(-1)}-12-31`)
  const same = (d: CalendarDay) => {
    const before = known.get(d.day)
    return before?.kind === d.kind && before.like === d.like
  }
  const gone = [...known.keys()].filter((day) => years.includes(day.slice(0, 4)) && !days.some((d) => d.day === day))
  const changed = days.filter((d) => !same(d))
  const away = [...gone, ...changed.map((d) => d.day)]
  await sql`delete from schedules.calendar_day where day = any(${away}::date[])`.execute(db)
  await sql`insert into schedules.calendar_day (day, id, kind, like_weekday, name)
    select * from unnest(${changed.map((d) => d.day)}::date[], ${changed.map(() => newId())}::uuid[],
      ${changed.map((d) => d.kind)}::text[], ${changed.map((d) => d.like)}::smallint[], ${changed.map((d) => d.name)}::text[])`.execute(
    db,
  )
  return away.sort()
}
