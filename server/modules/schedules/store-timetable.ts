import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import type { Work } from '../../platform/work.ts'
import type { Schedule } from '../../../contracts/schedules.ts'
import type { Closing } from './closings.ts'
import type { Hours, SlotKind } from './pattern.ts'
import type { Opening } from './quotas.ts'
import { LONGEST_SLOT, type Channel, type Interval } from './rules.ts'

/** What a timetable says beyond hours, room and ages; each has a usual value. */
export type Conditions = Pick<
  Schedule,
  | 'breaks'
  | 'lengths'
  | 'cycle'
  | 'sex'
  | 'attachedOnly'
  | 'referralNeeded'
  | 'quotas'
  | 'quotaHours'
  | 'worksOnHolidays'
  | 'daysOff'
>

/** Nothing special: who made a timetable before these conditions existed meant this. */
export const USUAL_CONDITIONS: Conditions = {
  breaks: [],
  lengths: {},
  cycle: null,
  sex: null,
  attachedOnly: false,
  referralNeeded: false,
  quotas: [],
  quotaHours: 24,
  worksOnHolidays: false,
  daysOff: [],
}

/** A doctor's timetable. Hours are local to the organisation; days are 'YYYY-MM-DD'. */
export type Timetable = Conditions & {
  organizationId: string
  id: string
  staffId: string
  specialtyCode: string
  roomId: string
  slotMinutes: number
  channels: Channel[]
  ageFrom: number
  ageTo: number
  validFrom: string
  validUntil: string | null
  publishedUntil: string | null
  hours: Hours[]
  /** Counts edits; not known before it is kept. */
  version?: number
}

const columns = sql`t.organization_id as "organizationId", t.id, t.practitioner_role_id as "staffId", t.specialty_code as "specialtyCode",
  t.room_id as "roomId", t.slot_minutes as "slotMinutes", t.channels, t.age_from as "ageFrom", t.age_to as "ageTo",
  t.valid_from as "validFrom", t.valid_until as "validUntil", t.published_until as "publishedUntil", t.version,
  t.breaks, t.lengths, t.sex, t.attached_only as "attachedOnly", t.referral_needed as "referralNeeded", t.quotas, t.quota_hours as "quotaHours", t.works_on_holidays as "worksOnHolidays", t.days_off as "daysOff",
  case when t.cycle_days is not null then json_build_object('days', t.cycle_days, 'from', t.cycle_from) end as cycle,
  coalesce((select json_agg(json_strip_nulls(json_build_object('weekday', h.weekday, 'on', nullif(h.which_days, 'every'),
      'cycleDay', h.cycle_day, 'date', h.on_date, 'starts', to_char(h.starts, 'HH24:MI'), 'ends', to_char(h.ends, 'HH24:MI'), 'kind', h.kind))
    order by h.n) from schedules.working_hours h where h.organization_id = t.organization_id and h.schedule_id = t.id), '[]') as hours`

export async function findTimetable(
  work: Work,
  organizationId: string,
  scheduleId: string,
): Promise<Timetable | undefined> {
  const { rows } = await sql<Timetable>`select ${columns} from schedules.schedule t
    where t.organization_id = ${organizationId} and t.id = ${scheduleId}`.execute(work.db)
  return rows[0]
}

/** Timetables of these doctors or rooms that are valid on a day or later. */
export async function timetablesOf(
  work: Work,
  organizationId: string,
  resources: readonly string[],
  validOn: string,
): Promise<Timetable[]> {
  const { rows } = await sql<Timetable>`select ${columns} from schedules.schedule t
    where t.organization_id = ${organizationId}
      and (t.practitioner_role_id = any(${[...resources]}::uuid[]) or t.room_id = any(${[...resources]}::uuid[]))
      and (t.valid_until is null or t.valid_until >= ${validOn}::date) order by t.id`.execute(work.db)
  return rows
}

/** Whose each of these timetables is; one that is not this organisation's is left out. */
export async function doctorsOfTimetables(
  work: Work,
  organizationId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await work.db
    .selectFrom('schedules.schedule')
    .select(['id', 'practitioner_role_id as staffId'])
    .where('organization_id', '=', organizationId)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, row.staffId]))
}

const isBehind = (until: string): RawBuilder<unknown> =>
  sql`(t.published_until is null or t.published_until < ${until}::date) and t.valid_from <= ${until}::date
    and (t.valid_until is null or t.published_until is null or t.valid_until > t.published_until)`

/** Organisations that have a timetable which is valid but not published up to the day yet, in the order of their ids. */
export async function organizationsBehind(db: Kysely<DB>, until: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct t.organization_id as id from schedules.schedule t
    where ${isBehind(until)} order by 1`.execute(db)
  return rows.map((row) => row.id)
}

/** Timetables of an organisation that are valid but not published up to the day yet. */
export async function timetablesBehind(db: Kysely<DB>, organizationId: string, until: string): Promise<Timetable[]> {
  const { rows } = await sql<Timetable>`select ${columns} from schedules.schedule t
    where t.organization_id = ${organizationId} and ${isBehind(until)} order by t.id`.execute(db)
  return rows
}

/**
 * Locks the time of doctors and rooms (rows of schedules.timeline) until the end of the transaction, in the order of
 * their ids. Everybody who makes times does this before looking for overlaps.
 */
export async function lockTimelines(
  db: Kysely<DB>,
  organizationId: string,
  resources: readonly string[],
): Promise<void> {
  const ids = [...new Set(resources)].sort()
  await sql`insert into schedules.timeline (organization_id, resource_id)
    select ${organizationId}, r.id from unnest(${ids}::uuid[]) with ordinality as r (id, n) order by r.n
    on conflict (organization_id, resource_id) do update set version = schedules.timeline.version + 1`.execute(db)
}

/** A time that is there already, and whose doctor's and room's it is. */
export type TakenTime = Interval & { scheduleId: string; staffId: string; roomId: string }

/**
 * What is taken already: every time, also those a person closed (what an absence closed takes nothing), of these doctors and rooms that ends after `from` and begins
 * before `until`, earliest first.
 */
export async function takenTimes(
  db: Kysely<DB>,
  organizationId: string,
  resources: readonly string[],
  from: Date,
  until: Date,
): Promise<TakenTime[]> {
  const earliest = new Date(from.getTime() - LONGEST_SLOT * 60_000)
  const { rows } = await sql<TakenTime>`
    select s.schedule_id as "scheduleId", s.starts_at as "startsAt", s.ends_at as "endsAt",
      t.practitioner_role_id as "staffId", t.room_id as "roomId"
    from schedules.schedule t join lateral (
      select * from schedules.slot s where s.organization_id = t.organization_id and s.schedule_id = t.id
        and s.starts_at < ${until} and s.starts_at > ${earliest} and s.ends_at > ${from} and s.closed_for is null offset 0
    ) s on true
    where t.organization_id = ${organizationId}
      and (t.practitioner_role_id = any(${[...resources]}::uuid[]) or t.room_id = any(${[...resources]}::uuid[]))
    order by s.starts_at`.execute(db)
  return rows
}

/** Adds timetables with their hours; those that are there already (by id) are left alone. */
export async function insertTimetables(db: Kysely<DB>, timetables: readonly Timetable[], now: Date): Promise<void> {
  for (let i = 0; i < timetables.length; i += 1000) {
    const chunk = timetables.slice(i, i + 1000)
    await db
      .insertInto('schedules.schedule')
      .values(
        chunk.map((t) => ({
          organization_id: t.organizationId,
          id: t.id,
          practitioner_role_id: t.staffId,
          specialty_code: t.specialtyCode,
          room_id: t.roomId,
          slot_minutes: t.slotMinutes,
          channels: t.channels,
          age_from: t.ageFrom,
          age_to: t.ageTo,
          ...conditionColumns(t),
          valid_from: t.validFrom,
          valid_until: t.validUntil,
          published_until: t.publishedUntil,
          created_at: now,
        })),
      )
      .onConflict((c) => c.doNothing())
      .execute()
    await insertHours(db, chunk)
  }
}

const conditionColumns = (t: Conditions) => ({
  breaks: JSON.stringify(t.breaks),
  lengths: JSON.stringify(t.lengths),
  cycle_days: t.cycle?.days ?? null,
  cycle_from: t.cycle?.from ?? null,
  sex: t.sex,
  attached_only: t.attachedOnly,
  referral_needed: t.referralNeeded,
  quotas: JSON.stringify(t.quotas),
  quota_hours: t.quotaHours,
  works_on_holidays: t.worksOnHolidays,
  days_off: JSON.stringify([...t.daysOff].sort()),
})

async function insertHours(
  db: Kysely<DB>,
  timetables: readonly Pick<Timetable, 'organizationId' | 'id' | 'hours'>[],
): Promise<void> {
  await db
    .insertInto('schedules.working_hours')
    .values(
      timetables.flatMap((t) =>
        t.hours.map((h, i) => ({
          organization_id: t.organizationId,
          schedule_id: t.id,
          n: i + 1,
          weekday: h.weekday ?? null,
          which_days: h.on ?? 'every',
          cycle_day: h.cycleDay ?? null,
          on_date: h.date ?? null,
          starts: h.starts,
          ends: h.ends,
          kind: h.kind ?? null,
        })),
      ),
    )
    .onConflict((c) => c.doNothing())
    .execute()
}

/** A time to be added. Without `opening` it is open to every channel of its timetable from the beginning. */
export type NewTime = Interval & {
  organizationId: string
  scheduleId: string
  kind?: SlotKind
  opening?: Opening
  closing?: Closing | undefined
}

const REFRESH = sql`do update set ends_at = excluded.ends_at, kind = excluded.kind, channels = excluded.channels,
  channels_later = excluded.channels_later, opens_to_all_at = excluded.opens_to_all_at, age_from = excluded.age_from,
  age_to = excluded.age_to, sex = excluded.sex, attached_only = excluded.attached_only, referral_needed = excluded.referral_needed,
  status = excluded.status, closed_for = excluded.closed_for, closed_by = excluded.closed_by, version = slot.version + 1
  where slot.status = 'free' or slot.closed_for is not null`

/**
 * Adds free times (or closed ones, with what closes them) with what their timetable says about them. A time that is
 * there already is left; with `refresh` one that nobody has is made like the new one. Returns how many were new or made so.
 */
export async function insertTimes(
  db: Kysely<DB>,
  times: readonly NewTime[],
  { refresh = false }: { refresh?: boolean } = {},
): Promise<number> {
  let added = 0
  for (let i = 0; i < times.length; i += 10_000) {
    const chunk = times.slice(i, i + 10_000)
    const later = chunk.map((n) => n.opening?.opensToAllAt ?? null)
    const done = await sql`
      insert into schedules.slot (organization_id, schedule_id, starts_at, seq, practitioner_role_id, specialty_code, ends_at, kind,
        channels, channels_later, opens_to_all_at, age_from, age_to, sex, attached_only, referral_needed, status, closed_for, closed_by)
      select t.organization_id, t.id, n.starts_at, 0, t.practitioner_role_id, t.specialty_code, n.ends_at, n.kind,
        coalesce(string_to_array(n.own, ','), t.channels), case when n.opens is not null then t.channels end, n.opens,
        t.age_from, t.age_to, t.sex, t.attached_only, t.referral_needed,
        case when n.closed_by is null then 'free' else 'closed' end, n.closed_for, n.closed_by
      from unnest(${chunk.map((n) => n.organizationId)}::uuid[], ${chunk.map((n) => n.scheduleId)}::uuid[],
        ${chunk.map((n) => n.startsAt.toISOString())}::timestamptz[], ${chunk.map((n) => n.endsAt.toISOString())}::timestamptz[],
        ${chunk.map((n) => n.kind ?? 'any')}::text[], ${chunk.map((n, j) => (later[j] ? n.opening!.channels.join(',') : null))}::text[],
        ${later.map((at) => at?.toISOString() ?? null)}::timestamptz[],
        ${chunk.map((n) => n.closing?.for ?? null)}::text[], ${chunk.map((n) => n.closing?.by ?? null)}::uuid[])
        as n (organization_id, schedule_id, starts_at, ends_at, kind, own, opens, closed_for, closed_by)
      join schedules.schedule t on t.organization_id = n.organization_id and t.id = n.schedule_id
      on conflict ${refresh ? sql`(organization_id, schedule_id, starts_at, seq) ${REFRESH}` : sql`do nothing`}`.execute(
      db,
    )
    added += Number(done.numAffectedRows ?? 0n)
  }
  return added
}

/** Remembers up to which day the times of timetables are published: never past the end of a timetable. */
export async function setPublished(
  db: Kysely<DB>,
  organizationId: string,
  published: readonly { scheduleId: string; until: string }[],
): Promise<void> {
  await sql`update schedules.schedule t set published_until = least(n.until, t.valid_until)
    from unnest(${published.map((p) => p.scheduleId)}::uuid[], ${published.map((p) => p.until)}::date[]) as n (id, until)
    where t.organization_id = ${organizationId} and t.id = n.id`.execute(db)
}

/** Doctors and rooms of the timetables that these take part in, and these; of all timetables here when none are named. */
export async function resourcesIn(
  work: Work,
  organizationId: string,
  resources: readonly string[] | undefined,
): Promise<string[]> {
  const { rows } = await sql<{ staffId: string; roomId: string }>`
    select distinct t.practitioner_role_id as "staffId", t.room_id as "roomId" from schedules.schedule t
    where t.organization_id = ${organizationId} ${
      resources
        ? sql`and (t.practitioner_role_id = any(${[...resources]}::uuid[]) or t.room_id = any(${[...resources]}::uuid[]))`
        : sql``
    }`.execute(work.db)
  return [...new Set([...(resources ?? []), ...rows.flatMap((row) => [row.staffId, row.roomId])])]
}

/** Writes what an edit changed over a timetable. The caller holds its timelines. */
export async function updateTimetable(work: Work, t: Timetable): Promise<void> {
  await work.db
    .updateTable('schedules.schedule')
    .set((row) => ({
      slot_minutes: t.slotMinutes,
      channels: t.channels,
      age_from: t.ageFrom,
      age_to: t.ageTo,
      ...conditionColumns(t),
      valid_until: t.validUntil,
      version: row('version', '+', 1),
    }))
    .where('organization_id', '=', t.organizationId)
    .where('id', '=', t.id)
    .execute()
  await work.db
    .deleteFrom('schedules.working_hours')
    .where('organization_id', '=', t.organizationId)
    .where('schedule_id', '=', t.id)
    .execute()
  await insertHours(work.db, [t])
}
