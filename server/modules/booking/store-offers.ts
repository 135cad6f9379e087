import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { formatSlotRef, type SlotKey } from '../schedules/index.ts'

export type OfferState = 'open' | 'accepted' | 'declined' | 'expired'

/** A freed time held for an entry of the waiting list. Its id is the slot's hold. */
export type OfferRow = SlotKey & {
  id: string
  entryId: string
  patientId: string
  endsAt: Date
  staffId: string
  specialtyCode: string
  roomId: string
  state: OfferState
  madeAt: Date
  expiresAt: Date
}

const columns = sql`o.organization_id as "organizationId", o.id, o.entry_id as "entryId", o.patient_id as "patientId",
  o.schedule_id as "scheduleId", o.starts_at as "startsAt", o.seq, o.ends_at as "endsAt", o.practitioner_role_id as "staffId",
  o.specialty_code as "specialtyCode", o.room_id as "roomId", o.state, o.made_at as "madeAt", o.expires_at as "expiresAt"`

export async function insertOffer(work: Work, o: OfferRow): Promise<boolean> {
  const done =
    await sql`insert into booking.waiting_offer (organization_id, id, entry_id, patient_id, schedule_id, starts_at, seq, ends_at,
      practitioner_role_id, specialty_code, room_id, made_at, expires_at)
    values (${o.organizationId}, ${o.id}, ${o.entryId}, ${o.patientId}, ${o.scheduleId}, ${o.startsAt}, ${o.seq}, ${o.endsAt},
      ${o.staffId}, ${o.specialtyCode}, ${o.roomId}, ${o.madeAt}, ${o.expiresAt}) on conflict do nothing`.execute(
      work.db,
    )
  return done.numAffectedRows === 1n
}

/** An offer of a patient, locked until this work ends: the first lock of whoever answers it. */
export async function lockOffer(work: Work, patientId: string, id: string): Promise<OfferRow | undefined> {
  const { rows } = await sql<OfferRow>`select ${columns} from booking.waiting_offer o
    where o.patient_id = ${patientId} and o.id = ${id} for no key update`.execute(work.db)
  return rows[0]
}

/** The open offer of an entry of this patient, locked. */
export async function lockOfferOfEntry(work: Work, patientId: string, entryId: string): Promise<OfferRow | undefined> {
  const { rows } = await sql<OfferRow>`select ${columns} from booking.waiting_offer o
    where o.patient_id = ${patientId} and o.entry_id = ${entryId} and o.state = 'open' for no key update`.execute(
    work.db,
  )
  return rows[0]
}

/** Offers that have run out, locked, at most `limit`; those that another transaction has in hand are left to it. */
export async function lockDueOffers(work: Work, limit: number): Promise<OfferRow[]> {
  const { rows } = await sql<OfferRow>`select ${columns} from booking.waiting_offer o
    where o.state = 'open' and o.expires_at <= ${work.now} order by o.expires_at, o.id limit ${limit}
    for no key update skip locked`.execute(work.db)
  return rows
}

const onSlots = (
  keys: readonly SlotKey[],
) => sql`booking.waiting_offer o join unnest(${keys.map((k) => k.organizationId)}::uuid[],
    ${keys.map((k) => k.scheduleId)}::uuid[], ${keys.map((k) => k.startsAt.toISOString())}::timestamptz[], ${keys.map((k) => k.seq)}::smallint[])
    as k (organization_id, schedule_id, starts_at, seq)
  on o.organization_id = k.organization_id and o.schedule_id = k.schedule_id and o.starts_at = k.starts_at and o.seq = k.seq`

/** Offers still open on slots that are free: nobody has noted yet that they ran out. */
export async function openOffersOn(work: Work, slots: readonly SlotKey[]): Promise<OfferRow[]> {
  const { rows } = await sql<OfferRow>`select ${columns} from ${onSlots(slots)} where o.state = 'open'`.execute(work.db)
  return rows
}

/** Of these offers, those that are open and that nobody else has in hand, locked. */
export async function lockOffersIfIdle(work: Work, offers: readonly OfferRow[]): Promise<OfferRow[]> {
  const { rows } = await sql<OfferRow>`select ${columns} from booking.waiting_offer o
    where o.organization_id = any(${[...new Set(offers.map((o) => o.organizationId))]}::uuid[])
      and o.id = any(${offers.map((o) => o.id)}::uuid[]) and o.state = 'open' for no key update skip locked`.execute(
    work.db,
  )
  return rows
}

/** Which of these times were ever offered to which of these entries: «entry slot-reference». */
export async function offeredBefore(
  work: Work,
  slots: readonly SlotKey[],
  entryIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<SlotKey & { entryId: string }>`
    select o.entry_id as "entryId", o.organization_id as "organizationId", o.schedule_id as "scheduleId", o.starts_at as "startsAt", o.seq
    from ${onSlots(slots)} where o.entry_id = any(${[...entryIds]}::uuid[])`.execute(work.db)
  return new Set(rows.map((row) => `${row.entryId} ${formatSlotRef(row)}`))
}

/** Open offers of these entries. */
export async function openOffersOf(
  work: Work,
  entries: readonly { organizationId: string; id: string }[],
): Promise<OfferRow[]> {
  if (entries.length === 0) return []
  const { rows } = await sql<OfferRow>`select ${columns} from booking.waiting_offer o
    where o.organization_id = any(${[...new Set(entries.map((e) => e.organizationId))]}::uuid[])
      and o.entry_id = any(${entries.map((e) => e.id)}::uuid[]) and o.state = 'open' and o.expires_at > ${work.now}`.execute(
    work.db,
  )
  return rows
}

/** Ends an open offer; false when it is not open any more. */
export async function closeOffer(work: Work, offer: OfferRow, to: Exclude<OfferState, 'open'>): Promise<boolean> {
  const done = await sql`update booking.waiting_offer set state = ${to}, ended_at = ${work.now}
    where organization_id = ${offer.organizationId} and id = ${offer.id} and state = 'open'`.execute(work.db)
  return done.numAffectedRows === 1n
}
