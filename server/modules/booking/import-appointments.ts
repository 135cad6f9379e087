import type { Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import { newId, newToken, SYSTEM_ID } from '../../platform/ids.ts'
import { bookSlots, type Channel, type SlotKey } from '../schedules/index.ts'
import { newCode } from './confirmation-code.ts'
import type { Status, VisitState } from './rules.ts'
import { insertAppointments, type AppointmentRow } from './store-appointments.ts'
import { deleteVisits, insertVisits, type VisitRow } from './store-visits.ts'

/** An appointment that is known from elsewhere: of the demo, or of a system that is being replaced. */
export type NewAppointment = SlotKey & {
  id?: string
  endsAt: Date
  staffId: string
  specialtyCode: string
  roomId: string
  patientId: string
  status: Extract<Status, 'booked' | 'arrived' | 'in-progress' | 'fulfilled' | 'no-show'>
  channel: Channel
  createdAt: Date
  createdBy?: string
}

const stateOf: Record<NewAppointment['status'], VisitState> = {
  booked: 'coming',
  arrived: 'coming',
  'in-progress': 'began',
  fulfilled: 'over',
  'no-show': 'over',
}

const CHUNK = 5000

/**
 * Books many appointments at once, coming and past ones, by the same rules as one: an entry whose slot is missing or
 * taken, or that another visit of the patient stands in the way of, is left out. Slots must be there. Answers with the
 * ids of those that were made. Run it inside a transaction of the caller's.
 */
export async function importAppointments(db: Kysely<DB>, entries: readonly NewAppointment[]): Promise<Set<string>> {
  const made = new Set<string>()
  for (let i = 0; i < entries.length; i += CHUNK) {
    const chunk = entries.slice(i, i + CHUNK).map(rowOf)
    const allowed = await insertVisits(db, chunk.map(visitOf))
    const fitting = chunk.filter((row) => allowed.has(row.id))
    const booked = await bookSlots(
      db,
      fitting.map((row) => ({ ...row, appointmentId: row.id })),
    )
    const slotless = fitting.filter((row) => !booked.has(row.id))
    if (slotless.length > 0) await deleteVisits(db, slotless)
    await insertAppointments(
      db,
      fitting.filter((row) => booked.has(row.id)),
    )
    for (const id of booked) made.add(id)
  }
  return made
}

function rowOf({ id = newId(), createdBy = SYSTEM_ID, ...entry }: NewAppointment): AppointmentRow {
  return {
    ...entry,
    id,
    createdBy,
    code: newCode(),
    ticketToken: newToken(),
    cancelledAt: null,
    cancelReason: null,
    movedFrom: null,
    calendarUid: id,
    patientAnswer: null,
    sequence: 0,
  }
}

const visitOf = (row: AppointmentRow): VisitRow => ({
  ...row,
  state: stateOf[row.status as NewAppointment['status']],
  heldUntil: null,
  heldBy: null,
  channel: null,
  replaces: null,
  ruleScope: null,
  missed: row.status === 'no-show',
})
