import { sql } from 'kysely'
import * as booking from '../../contracts/booking.ts'
import { bookingRoutes } from '../modules/booking/routes.ts'
import type { BookingPorts } from '../modules/booking/index.ts'
import { Queue } from '../modules/openings/index.ts'
import { openingRoutes } from '../modules/openings/routes.ts'
import { formatSlotRef, importTimetables, type NewTimetable, type SlotKey } from '../modules/schedules/index.ts'
import { openDatabase, type Database } from '../platform/database/open-database.ts'
import type { Route } from '../platform/http/serve.ts'
import { newId } from '../platform/ids.ts'
import { openTestApp, type TestApp, type TestAppOptions } from '../platform/testing/test-app.ts'
import type { Actor } from '../platform/work.ts'
import { fillSmallRegion, hospital, polyclinic, specialties, staff } from './small-region.ts'

/** Tickets that say what they were made of. */
const plainPorts: BookingPorts = {
  printTicket: (ticket) => Buffer.from(JSON.stringify(ticket)),
  calendarEvent: (ticket) => Buffer.from(JSON.stringify(ticket)),
  ticketQr: (token) => Buffer.from(token),
}

const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: '10:00', ends: '12:00' }))

const timetable = (t: Pick<NewTimetable, 'staffId' | 'specialtyCode' | 'roomId'> & Partial<NewTimetable>) => ({
  organizationId: polyclinic.id,
  id: newId(),
  slotMinutes: 20,
  channels: ['portal' as const, 'registrar' as const, 'doctor' as const],
  ageFrom: 0,
  ageTo: 150,
  validFrom: '2026-01-01',
  validUntil: null,
  hours: week,
  ...t,
})

/**
 * The timetables of the small region, 10:00–12:00 local every day by 20 minutes: a therapist for everybody, one for
 * registrars only, a cardiologist for adults, and a neurologist at the hospital.
 */
const timetables: NewTimetable[] = [
  timetable({ staffId: staff.therapist, specialtyCode: specialties.therapy, roomId: polyclinic.rooms[0] }),
  timetable({
    staffId: staff.secondTherapist,
    specialtyCode: specialties.therapy,
    roomId: polyclinic.rooms[1],
    channels: ['registrar'],
  }),
  timetable({
    staffId: staff.cardiologist,
    specialtyCode: specialties.cardiology,
    roomId: polyclinic.rooms[2],
    ageFrom: 18,
  }),
  timetable({
    organizationId: hospital.id,
    staffId: staff.neurologist,
    specialtyCode: specialties.neurology,
    roomId: hospital.rooms[0],
  }),
]

/** Opens booking over a database of its own in which the doctors of the small region receive patients. */
export async function openClinic(
  options: {
    max?: number
    extra?: readonly NewTimetable[]
    ports?: BookingPorts
    /** Routes of modules above booking. */
    routes?: readonly Route[]
    /** Keeps order when a day opens. */
    openings?: boolean
    mount?: TestAppOptions['mount']
    now?: Date
  } = {},
) {
  let aside: Database | undefined
  const app = await openTestApp({
    routes: (platform) => {
      const outside = {
        get db() {
          return aside!.db
        },
        now: platform.now,
      }
      const queue = options.openings ? new Queue(outside) : undefined
      return [
        ...bookingRoutes(options.ports ?? plainPorts, queue),
        ...(queue ? openingRoutes(queue) : []),
        ...(options.routes ?? []),
      ]
    },
    ...(options.now && { now: options.now }),
    ...(options.max && { max: options.max }),
    ...(options.mount && { mount: options.mount }),
    fill: async ({ db, now }) => {
      await fillSmallRegion(db)
      const zones = new Map([
        [polyclinic.id, 'Europe/Moscow'],
        [hospital.id, 'Asia/Novosibirsk'],
      ])
      await importTimetables(db, now, [...timetables, ...(options.extra ?? [])], zones)
    },
  })
  if (options.openings) aside = openDatabase(app.database.url, { max: 2 })
  return new Clinic(app, aside)
}
export { timetable }

export class Clinic {
  readonly app: TestApp
  readonly #aside: Database | undefined
  constructor(app: TestApp, aside?: Database) {
    this.app = app
    this.#aside = aside
  }

  get db() {
    return this.app.db
  }

  async close(): Promise<void> {
    await this.app.app.close()
    await this.#aside?.close()
    await this.app.database.drop()
  }

  /** Forgets every visit and frees every time, for the next test of a file. */
  async reset(now: Date): Promise<void> {
    this.app.now = now
    await sql`truncate booking.change_offer, booking.waiting_priority, booking.waiting_offer, booking.waiting, booking.appointment, booking.patient_visit, booking.external_booking, platform.action, platform.outbox, platform.idempotency`.execute(
      this.db,
    )
    await sql`update schedules.slot set status = 'free', hold_id = null, hold_until = null, appointment_id = null, closed_for = null, closed_by = null`.execute(
      this.db,
    )
  }

  /** References of a doctor's times that are ahead, in order, whatever their state. */
  async times(staffId: string): Promise<string[]> {
    const { rows } = await sql<SlotKey>`select organization_id as "organizationId", schedule_id as "scheduleId",
      starts_at as "startsAt", seq from schedules.slot where practitioner_role_id = ${staffId}
      and starts_at > ${this.app.now} order by starts_at, seq`.execute(this.db)
    return rows.map(formatSlotRef)
  }

  /** Adds so many patients of forty who are nobody's relatives. */
  async addPatients(count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, newId)
    await sql`insert into patients.patient (patient_id, last_name, first_name, birth_date, sex, name_search, no_snils_reason, created_at, updated_at)
      select id, 'Очередной', 'Пациент', '1986-01-01', 'female', 'очередной пациент', 'foreigner', ${this.app.now}, ${this.app.now}
      from unnest(${ids}::uuid[]) as id`.execute(this.db)
    return ids
  }

  hold(actor: Actor, patientId: string, ref: string, moving?: string) {
    return this.app.call(actor, booking.holdSlot, { body: { patientId, ref, ...(moving && { moving }) } })
  }

  refusedHold(actor: Actor, patientId: string, ref: string, moving?: string) {
    return this.app.refusal(actor, booking.holdSlot, { body: { patientId, ref, ...(moving && { moving }) } })
  }

  confirm(actor: Actor, patientId: string, holdId: string, key?: string) {
    return this.app.call(actor, booking.confirmHold, { body: { patientId, holdId } }, key ? { key } : {})
  }

  async book(actor: Actor, patientId: string, ref: string) {
    return this.confirm(actor, patientId, (await this.hold(actor, patientId, ref)).id)
  }

  move(actor: Actor, patientId: string, appointmentId: string, holdId: string) {
    return this.app.call(actor, booking.moveAppointment, { params: { patientId, appointmentId }, body: { holdId } })
  }

  cancel(actor: Actor, patientId: string, appointmentId: string, reason: string | null = null) {
    return this.app.call(actor, booking.cancelAppointment, { params: { patientId, appointmentId }, body: { reason } })
  }

  /** What does not agree between slots, appointments and visits; nothing when all is well. */
  async disagreements(): Promise<string[]> {
    const { rows } = await sql<{ flaw: string }>`
      with live as (select * from booking.appointment where status not in ('cancelled', 'moved'))
      select 'slot and appointment: ' || coalesce(s.starts_at, a.starts_at) as flaw
      from (select * from schedules.slot where status = 'booked') s
      full join live a on a.organization_id = s.organization_id and a.id = s.appointment_id and a.schedule_id = s.schedule_id
        and a.starts_at = s.starts_at and a.seq = s.seq
      where s.starts_at is null or a.starts_at is null
      union all
      select 'appointment and visit: ' || coalesce(a.id, v.visit_id)
      from booking.appointment a
      full join (select * from booking.patient_visit where held_until is null) v on v.patient_id = a.patient_id and v.visit_id = a.id
        and v.organization_id = a.organization_id and v.schedule_id = a.schedule_id and v.starts_at = a.starts_at and v.seq = a.seq
      where a.id is null or v.visit_id is null or not case a.status
        when 'booked' then v.state in ('coming', 'began') when 'arrived' then v.state in ('coming', 'began')
        when 'in-progress' then v.state = 'began' when 'fulfilled' then v.state = 'over' when 'no-show' then v.state = 'over'
        else v.state = a.status end
      union all
      select 'slot and hold: ' || coalesce(s.hold_id, v.visit_id)
      from (select * from schedules.slot where hold_until > ${this.app.now} and status = 'free') s
      full join (
        select visit_id, organization_id, schedule_id, starts_at, seq, held_until from booking.patient_visit
        where held_until > ${this.app.now}
        union all
        select id, organization_id, schedule_id, starts_at, seq, expires_at + interval '1 minute' from booking.waiting_offer
        where state = 'open' and expires_at + interval '1 minute' > ${this.app.now}
      ) v on v.visit_id = s.hold_id
        and v.organization_id = s.organization_id and v.schedule_id = s.schedule_id and v.starts_at = s.starts_at and v.seq = s.seq
        and v.held_until = s.hold_until
      where s.hold_id is null or v.visit_id is null
      union all
      select 'entry and offer: ' || coalesce(w.id, o.entry_id)
      from (select * from booking.waiting where state = 'offered') w
      full join (select * from booking.waiting_offer where state = 'open') o
        on o.organization_id = w.organization_id and o.entry_id = w.id and o.patient_id = w.patient_id
      where w.id is null or o.id is null
      union all
      select 'offer taken and appointment: ' || o.id
      from booking.waiting_offer o
      left join booking.appointment a on a.organization_id = o.organization_id and a.id = o.id and a.patient_id = o.patient_id
      left join booking.waiting w on w.organization_id = o.organization_id and w.id = o.entry_id
      where o.state = 'accepted' and (a.id is null or w.state <> 'served')
      union all
      select 'two visits of one patient: ' || a.visit_id || ' ' || b.visit_id
      from booking.patient_visit a join booking.patient_visit b on b.patient_id = a.patient_id and b.visit_id > a.visit_id
      where a.state in ('coming', 'began') and b.state in ('coming', 'began')
        and (tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
          or (a.specialty_code = b.specialty_code and least(a.starts_at, b.starts_at) > ${this.app.now}))`.execute(
      this.db,
    )
    return rows.map((row) => row.flaw)
  }
}
