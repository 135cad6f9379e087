import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import type { Work } from '../../platform/work.ts'
import type { SlotKind } from './pattern.ts'
import type { Channel, SlotStatus } from './rules.ts'
import type { SlotKey } from './slot-ref.ts'

/**
 * A time with everything that decides who may have it. `channels` are those it is open to now; `roomId` is its
 * timetable's room.
 */
export type SlotRow = SlotKey & {
  staffId: string
  specialtyCode: string
  endsAt: Date
  channels: Channel[]
  ageFrom: number
  ageTo: number
  kind: SlotKind
  sex: 'male' | 'female' | null
  attachedOnly: boolean
  referralNeeded: boolean
  status: SlotStatus
  holdUntil: Date | null
  holdId: string | null
  /** What closed it by itself; null also for what a person closed. */
  closedFor: 'absence' | 'calendar' | 'edit' | 'external' | null
  appointmentId: string | null
  roomId: string
}

/** The channels that a time is open to now, as `channelsNow` says it. */
export const openChannels = (now: Date): RawBuilder<unknown> =>
  sql`case when s.opens_to_all_at <= ${now} then s.channels_later else s.channels end`

const columns = (
  now: Date,
): RawBuilder<unknown> => sql`s.organization_id as "organizationId", s.schedule_id as "scheduleId", s.starts_at as "startsAt", s.seq,
  s.practitioner_role_id as "staffId", s.specialty_code as "specialtyCode", s.ends_at as "endsAt",
  ${openChannels(now)} as channels, s.age_from as "ageFrom", s.age_to as "ageTo", s.kind, s.sex, s.attached_only as "attachedOnly",
  s.referral_needed as "referralNeeded", s.status, s.hold_until as "holdUntil", s.hold_id as "holdId", s.closed_for as "closedFor",
  s.appointment_id as "appointmentId",
  (select room_id from schedules.schedule where organization_id = s.organization_id and id = s.schedule_id) as "roomId"`

const isSlot = (key: SlotKey): RawBuilder<unknown> =>
  sql`s.organization_id = ${key.organizationId} and s.schedule_id = ${key.scheduleId} and s.starts_at = ${key.startsAt} and s.seq = ${key.seq}`

/** The time as it stands now, not locked; undefined when there is none. */
export async function describeSlot(work: Work, key: SlotKey): Promise<SlotRow | undefined> {
  const { rows } = await sql<SlotRow>`select ${columns(work.now)} from schedules.slot s where ${isSlot(key)}`.execute(
    work.db,
  )
  return rows[0]
}

/**
 * Holds a free time until `until`; undefined when it is not free: of any number who ask at once exactly one gets the
 * row. What the same hold has already it keeps. Leaves `status` alone, so no index changes (HOT).
 */
export async function claimSlot(
  work: Work,
  key: SlotKey,
  hold: { holdId: string; until: Date; channel?: Channel | null },
): Promise<SlotRow | undefined> {
  const { rows } = await sql<SlotRow>`update schedules.slot s set hold_id = ${hold.holdId}, hold_until = ${hold.until},
      taken_through = ${hold.channel ?? null}
    where ${isSlot(key)} and status = 'free' and (hold_until is null or hold_until <= ${work.now} or hold_id = ${hold.holdId})
    returning ${columns(work.now)}`.execute(work.db)
  return rows[0]
}

/**
 * Turns a hold into a booking. The hold must be ours; one that has run out is honoured while nobody else took the time.
 * False when the time is another's by now.
 */
export async function takeSlot(
  work: Work,
  key: SlotKey,
  hold: { holdId: string; appointmentId: string },
): Promise<boolean> {
  const done = await sql`update schedules.slot s
    set status = 'booked', appointment_id = ${hold.appointmentId}, hold_id = null, hold_until = null, version = version + 1
    where ${isSlot(key)} and status = 'free' and (hold_id = ${hold.holdId} or hold_until is null or hold_until <= ${work.now})`.execute(
    work.db,
  )
  return done.numAffectedRows === 1n
}

/** Moves the end of a hold that has not run out; false when it is not there any more. */
export async function prolongSlot(work: Work, key: SlotKey, hold: { holdId: string; until: Date }): Promise<boolean> {
  const done = await sql`update schedules.slot s set hold_until = ${hold.until}
    where ${isSlot(key)} and status = 'free' and hold_id = ${hold.holdId} and hold_until > ${work.now}`.execute(work.db)
  return done.numAffectedRows === 1n
}

/** How much of doctors' time is taken: booked, or held now; by doctor, channel and instant of beginning. */
export type Taken = { staffId: string; channel: string | null; startsAt: Date }

/** What is taken of the time of an organisation between two instants; of one doctor, or of those of one specialty. */
export async function takenBetween(
  work: Work,
  where: { organizationId: string; staffId?: string; specialtyCode?: string; from: Date; until: Date },
): Promise<Taken[]> {
  const { rows } =
    await sql<Taken>`select s.practitioner_role_id as "staffId", s.taken_through as channel, s.starts_at as "startsAt"
    from schedules.slot s where s.organization_id = ${where.organizationId}
      ${
        where.staffId
          ? sql`and s.practitioner_role_id = ${where.staffId}`
          : sql`and s.practitioner_role_id = any(array(select distinct t.practitioner_role_id from schedules.schedule t
              where t.organization_id = ${where.organizationId} and t.specialty_code = ${where.specialtyCode}))`
      }
      and s.starts_at >= ${where.from} and s.starts_at < ${where.until}
      and (s.status = 'booked' or (s.status = 'free' and s.hold_until > ${work.now}))`.execute(work.db)
  return rows
}

/** Lets a hold go, if it is still the one that holds the time. */
export async function releaseSlot(work: Work, key: SlotKey, holdId: string): Promise<void> {
  await sql`update schedules.slot s set hold_id = null, hold_until = null where ${isSlot(key)} and hold_id = ${holdId}`.execute(
    work.db,
  )
}

/** Gives a booked time back to everybody; false when this appointment does not have it (any more). */
export async function freeSlot(work: Work, key: SlotKey, appointmentId: string): Promise<boolean> {
  const done = await sql`update schedules.slot s set status = 'free', appointment_id = null, version = version + 1
    where ${isSlot(key)} and status = 'booked' and appointment_id = ${appointmentId}`.execute(work.db)
  return done.numAffectedRows === 1n
}

/** The time locked until the end of the transaction: who holds, books, closes or opens it meanwhile waits. */
export async function lockSlot(work: Work, key: SlotKey): Promise<SlotRow | undefined> {
  const { rows } = await sql<SlotRow>`select ${columns(work.now)} from schedules.slot s where ${isSlot(key)}
    for no key update of s`.execute(work.db)
  return rows[0]
}

/** Times locked in the order of their references until the end of the transaction; those that are not there are left out. */
export async function lockSlots(work: Work, keys: readonly SlotKey[]): Promise<SlotRow[]> {
  const { rows } = await sql<SlotRow>`select ${columns(work.now)} from schedules.slot s
    join unnest(${keys.map((k) => k.organizationId)}::uuid[], ${keys.map((k) => k.scheduleId)}::uuid[],
      ${keys.map((k) => k.startsAt.toISOString())}::timestamptz[], ${keys.map((k) => k.seq)}::smallint[])
      as k (organization_id, schedule_id, starts_at, seq)
      on k.organization_id = s.organization_id and k.schedule_id = s.schedule_id and k.starts_at = s.starts_at and k.seq = s.seq
    order by s.organization_id, s.schedule_id, s.starts_at, s.seq for no key update of s`.execute(work.db)
  return rows
}

/** Closes or opens a locked time; a hold that has ended is forgotten. */
export async function setSlotStatus(work: Work, key: SlotKey, status: 'free' | 'closed'): Promise<void> {
  await sql`update schedules.slot s set status = ${status}, hold_id = null, hold_until = null, version = version + 1
    where ${isSlot(key)}`.execute(work.db)
}

/** Marks many free times as booked at once, for the demo and for imports; answers with the keys of those that were free. */
export async function bookSlots(
  db: Kysely<DB>,
  bookings: readonly (SlotKey & { appointmentId: string; channel?: Channel })[],
): Promise<Set<string>> {
  const booked = new Set<string>()
  for (let i = 0; i < bookings.length; i += 5000) {
    const chunk = bookings.slice(i, i + 5000)
    const { rows } = await sql<{ appointmentId: string }>`update schedules.slot s
      set status = 'booked', appointment_id = n.appointment_id, hold_id = null, hold_until = null, version = s.version + 1,
        taken_through = n.channel
      from unnest(${chunk.map((b) => b.organizationId)}::uuid[], ${chunk.map((b) => b.scheduleId)}::uuid[],
        ${chunk.map((b) => b.startsAt.toISOString())}::timestamptz[], ${chunk.map((b) => b.seq)}::smallint[],
        ${chunk.map((b) => b.appointmentId)}::uuid[], ${chunk.map((b) => b.channel ?? null)}::text[])
        as n (organization_id, schedule_id, starts_at, seq, appointment_id, channel)
      where s.organization_id = n.organization_id and s.schedule_id = n.schedule_id and s.starts_at = n.starts_at and s.seq = n.seq
        and s.status = 'free'
      returning s.appointment_id as "appointmentId"`.execute(db)
    for (const row of rows) booked.add(row.appointmentId)
  }
  return booked
}
