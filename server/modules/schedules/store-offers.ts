import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import { addDays, startOfLocalDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import type { SlotKind } from './pattern.ts'
import type { Closing } from './closings.ts'
import type { Channel } from './rules.ts'
import { openChannels } from './store-slot.ts'

/**
 * Who asks for free times: through which channels, and of a patient, when one is named: age (years), sex, attachment
 * (the organisation's id). What is undefined is not known and keeps nothing back.
 */
export type Asker = { channels: readonly Channel[]; patient: AskingPatient | undefined }
export type AskingPatient = {
  age: number | undefined
  sex: 'male' | 'female' | undefined
  attachedTo: string | null
}

/** Totals are counted up to this many: a person needs «много», not a scan of a million rows. */
const COUNTED = 100
/** Free times of one answer at most. */
const LISTED = 2000

const suitsPatient = (row: RawBuilder<unknown>, { age, sex, attachedTo }: AskingPatient): RawBuilder<unknown> =>
  sql.join(
    [
      ...(age === undefined ? [] : [sql`${age}::int between ${row}.age_from and ${row}.age_to`]),
      ...(sex === undefined ? [] : [sql`(${row}.sex is null or ${row}.sex = ${sex})`]),
      attachedTo === null
        ? sql`not ${row}.attached_only`
        : sql`(not ${row}.attached_only or ${row}.organization_id = ${attachedTo})`,
    ],
    sql` and `,
  )

/** Restrictions that a time or its timetable has of its own; `channels` are the row's, those of now. */
const suits = (row: RawBuilder<unknown>, channels: RawBuilder<unknown>, asker: Asker): RawBuilder<unknown> =>
  asker.patient
    ? sql`${channels} && ${[...asker.channels]}::text[] and ${suitsPatient(row, asker.patient)}`
    : sql`${channels} && ${[...asker.channels]}::text[]`

/** The one condition of «free» for lists; holds that ran out count as free. */
const isFree = (asker: Asker, now: Date): RawBuilder<unknown> =>
  sql`s.status = 'free' and s.starts_at > ${now} and (s.hold_until is null or s.hold_until <= ${now}) and ${suits(sql`s`, openChannels(now), asker)}`

const isValid = (asker: Asker, today: string): RawBuilder<unknown> =>
  sql`(t.valid_until is null or t.valid_until >= ${today}::date) and ${suits(sql`t`, sql`t.channels`, asker)}`

/**
 * Free times, counted up to 100, of every organisation that has a timetable which suits, also when it has none free.
 * Walks specialty by specialty, so that the index skips what is past.
 */
export async function countByOrganization(work: Work, asker: Asker): Promise<Map<string, number>> {
  const today = work.now.toISOString().slice(0, 10)
  const { rows } = await sql<{ id: string; free: number }>`
    with offered as (select distinct t.organization_id, t.specialty_code from schedules.schedule t where ${isValid(asker, today)})
    select o.organization_id as id, c.free from (select distinct organization_id from offered) o
    cross join lateral (
      select count(*)::int as free from (
        select from offered join schedules.slot s
          on s.organization_id = offered.organization_id and s.specialty_code = offered.specialty_code
        where offered.organization_id = o.organization_id and s.organization_id = o.organization_id and ${isFree(asker, work.now)}
        limit ${COUNTED}
      ) counted
    ) c`.execute(work.db)
  return new Map(rows.map((row) => [row.id, row.free]))
}

/** Specialties that have a timetable here which suits, with how many times are free and when the nearest is. */
export async function specialtiesOf(
  work: Work,
  organizationId: string,
  asker: Asker,
  today: string,
): Promise<{ code: string; free: number; nearest: Date | null }[]> {
  const { rows } = await sql<{ code: string; free: number; nearest: Date | null }>`
    select t.code, c.free, c.nearest
    from (select distinct t.specialty_code as code from schedules.schedule t
      where t.organization_id = ${organizationId} and ${isValid(asker, today)}) t
    cross join lateral (select count(*)::int as free, min(s.starts_at) as nearest from schedules.slot s
      where s.organization_id = ${organizationId} and s.specialty_code = t.code and ${isFree(asker, work.now)}) c`.execute(
    work.db,
  )
  return rows
}

/** Codes of the specialties that have a timetable here (without an organisation: anywhere), whomever it is open to. */
export async function specialtyCodesOf(work: Work, organizationId?: string): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`select distinct t.specialty_code as code from schedules.schedule t
    ${organizationId ? sql`where t.organization_id = ${organizationId}` : sql``} order by 1`.execute(work.db)
  return rows.map((row) => row.code)
}

/** Doctors of a specialty here whose timetable suits, with their free times; the room is that of the nearest. */
export async function doctorsOf(
  work: Work,
  organizationId: string,
  specialtyCode: string,
  asker: Asker,
  today: string,
): Promise<{ staffId: string; roomId: string; free: number; nearest: Date | null }[]> {
  const { rows } = await sql<{ staffId: string; roomId: string; free: number; nearest: Date | null }>`
    with offered as (
      select s.practitioner_role_id, count(*)::int as free, min(s.starts_at) as nearest,
        (array_agg(s.schedule_id order by s.starts_at))[1] as schedule_id
      from schedules.slot s
      where s.organization_id = ${organizationId} and s.specialty_code = ${specialtyCode} and ${isFree(asker, work.now)}
      group by s.practitioner_role_id
    )
    select distinct on (t.practitioner_role_id) t.practitioner_role_id as "staffId", t.room_id as "roomId",
      coalesce(o.free, 0) as free, o.nearest
    from schedules.schedule t left join offered o on o.practitioner_role_id = t.practitioner_role_id
    where t.organization_id = ${organizationId} and t.specialty_code = ${specialtyCode} and ${isValid(asker, today)}
    order by t.practitioner_role_id, (t.id = o.schedule_id) desc nulls last, t.valid_from desc`.execute(work.db)
  return rows
}

/** Which free times: of a specialty here, of one doctor or any, from an instant to an instant or to the horizon. */
export type Wanted = {
  organizationId: string
  specialtyCode: string
  staffId: string | undefined
  from?: Date | undefined
  until?: Date | undefined
  /** Times for visits of this kind, and those for any. */
  kind?: SlotKind | undefined
}

const isWanted = (w: Wanted): RawBuilder<unknown> =>
  sql.join(
    [
      sql`s.organization_id = ${w.organizationId} and s.specialty_code = ${w.specialtyCode}`,
      ...(w.staffId ? [sql`s.practitioner_role_id = ${w.staffId}`] : []),
      ...(w.kind ? [sql`s.kind in ('any', ${w.kind})`] : []),
      ...(w.from ? [sql`s.starts_at >= ${w.from}`] : []),
      ...(w.until ? [sql`s.starts_at < ${w.until}`] : []),
    ],
    sql` and `,
  )

/** Days with free times and how many, by the organisation's calendar. */
export async function countByDay(
  work: Work,
  wanted: Wanted,
  asker: Asker,
  zone: string,
): Promise<{ day: string; free: number }[]> {
  const { rows } = await sql<{ day: string; free: number }>`
    select (s.starts_at at time zone ${zone})::date as day, count(*)::int as free
    from schedules.slot s where ${isWanted(wanted)} and ${isFree(asker, work.now)} group by 1 order by 1`.execute(
    work.db,
  )
  return rows
}

export type FreeTime = {
  scheduleId: string
  startsAt: Date
  endsAt: Date
  seq: number
  staffId: string
  roomId: string
  kind: SlotKind
  referralNeeded: boolean
  attachedOnly: boolean
  ageFrom: number
  ageTo: number
  sex: 'male' | 'female' | null
}

/** Free times, earliest first, at most 2,000. */
export async function freeTimes(work: Work, wanted: Wanted, asker: Asker): Promise<FreeTime[]> {
  const { rows } = await sql<FreeTime>`
    select s.schedule_id as "scheduleId", s.starts_at as "startsAt", s.ends_at as "endsAt", s.seq,
      s.practitioner_role_id as "staffId", t.room_id as "roomId", s.kind, s.referral_needed as "referralNeeded",
      s.attached_only as "attachedOnly", s.age_from as "ageFrom", s.age_to as "ageTo", s.sex
    from schedules.slot s join schedules.schedule t on t.organization_id = s.organization_id and t.id = s.schedule_id
    where ${isWanted(wanted)} and ${isFree(asker, work.now)}
    order by s.starts_at, s.practitioner_role_id, s.seq limit ${LISTED}`.execute(work.db)
  return rows
}

/**
 * How many times of an organisation are free for citizens on a day, of any specialty; undefined when none is published
 * yet. Counted up to 100. For a node's memory: no operation is behind it.
 */
export async function freeOnDay(
  db: Kysely<DB>,
  organizationId: string,
  day: string,
  zone: string,
  now: Date,
): Promise<number | undefined> {
  const [from, until] = [startOfLocalDay(zone, day), startOfLocalDay(zone, addDays(day, 1))]
  const asker: Asker = { channels: ['portal'], patient: undefined }
  const { rows } = await sql<{ published: boolean; free: number }>`
    select exists (select from schedules.slot s join schedules.schedule t on t.organization_id = s.organization_id and t.id = s.schedule_id
        where t.organization_id = ${organizationId} and s.starts_at >= ${from} and s.starts_at < ${until}) as published,
      (select count(*)::int from (select from schedules.slot s where s.organization_id = ${organizationId} and s.starts_at >= ${from}
        and s.starts_at < ${until} and ${isFree(asker, now)} limit ${COUNTED}) counted) as free`.execute(db)
  return rows[0]?.published ? rows[0].free : undefined
}

export type GridTime = {
  scheduleId: string
  staffId: string
  specialtyCode: string
  roomId: string
  startsAt: Date
  endsAt: Date
  seq: number
  status: 'free' | 'booked' | 'closed'
  holdUntil: Date | null
  appointmentId: string | null
}

/** Every time of an organisation between two instants, whatever its state, in order within each timetable. */
export async function timesBetween(
  work: Work,
  organizationId: string,
  from: Date,
  until: Date,
  specialtyCode: string | undefined,
): Promise<GridTime[]> {
  const { rows } = await sql<GridTime>`
    select t.id as "scheduleId", t.practitioner_role_id as "staffId", t.specialty_code as "specialtyCode", t.room_id as "roomId",
      s.starts_at as "startsAt", s.ends_at as "endsAt", s.seq, s.status, s.hold_until as "holdUntil", s.appointment_id as "appointmentId"
    from schedules.schedule t join lateral (
      select * from schedules.slot s where s.organization_id = t.organization_id and s.schedule_id = t.id
        and s.starts_at >= ${from} and s.starts_at < ${until} offset 0
    ) s on true
    where t.organization_id = ${organizationId} ${specialtyCode ? sql`and t.specialty_code = ${specialtyCode}` : sql``}
    order by t.id, s.starts_at, s.seq`.execute(work.db)
  return rows
}

/** A day of a doctor, with the hours of the reception. */
export type ReceivingDay = {
  startsAt: Date
  endsAt: Date
  /** Somebody may still be received that day; whether a time is free is another question. */
  isOpen: boolean
  /** Why the day is closed: the doctor is away, or the day is not a working one. Null: open, or closed by hand. */
  closedFor: Closing['for'] | null
}

/**
 * Days from an instant on, by the organisation's calendar, for which a doctor's times are published: when the first
 * begins and the last ends, whether any is not closed, and for what those of a closed day are. Times that an edit has
 * taken away are no times.
 */
export async function publishedDays(
  work: Work,
  organizationId: string,
  staffId: string,
  from: Date,
  zone: string,
): Promise<ReceivingDay[]> {
  const { rows } = await sql<ReceivingDay>`
    select min(s.starts_at) as "startsAt", max(s.ends_at) as "endsAt", bool_or(s.status <> 'closed') as "isOpen",
      min(s.closed_for) as "closedFor"
    from schedules.schedule t join lateral (
      select * from schedules.slot s where s.organization_id = t.organization_id and s.schedule_id = t.id
        and s.starts_at >= ${from} and s.closed_for is distinct from 'edit' offset 0
    ) s on true
    where t.organization_id = ${organizationId} and t.practitioner_role_id = ${staffId}
    group by (s.starts_at at time zone ${zone})::date order by 1`.execute(work.db)
  return rows
}
