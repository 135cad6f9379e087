import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as booking from '../../../contracts/booking.ts'
import { newId } from '../../platform/ids.ts'
import { actorOf, MONDAY } from '../../platform/testing/test-app.ts'
import { formatSlotRef, type SlotKey } from '../schedules/index.ts'
import { openClinic, timetable, type Clinic } from '../../testing/booking-clinic.ts'
import { actors, hospital, patients, polyclinic, specialties, staff } from '../../testing/small-region.ts'

const operator = actorOf({ role: 'call-centre', name: 'Звонарёва Инна Павловна' })
const authorityId = newId()
const officer = actorOf({ role: 'guardianship-officer', organizationId: authorityId, name: 'Опекунова Раиса Львовна' })

describe('those who book in every organisation', () => {
  let clinic: Clinic
  let therapist: string[]
  let registrarsOnly: string[]
  let neurologist: string[]
  /** Tuesday's second cardiologist is the call centre's alone. */
  let quota: string[]
  beforeAll(async () => {
    clinic = await openClinic({
      extra: [
        timetable({
          id: newId(),
          staffId: staff.cardiologist,
          specialtyCode: specialties.cardiology,
          roomId: polyclinic.rooms[2],
          channels: ['call-centre'],
          hours: [{ weekday: 2, starts: '15:00', ends: '16:00' }],
        }),
      ],
    })
    therapist = await clinic.times(staff.therapist)
    registrarsOnly = await clinic.times(staff.secondTherapist)
    neurologist = await clinic.times(staff.neurologist)
    const { rows } = await sql<SlotKey>`select organization_id as "organizationId", schedule_id as "scheduleId",
      starts_at as "startsAt", seq from schedules.slot where channels = array['call-centre'] order by starts_at`.execute(
      clinic.db,
    )
    quota = rows.map(formatSlotRef)
    await clinic.db
      .insertInto('patients.guardianship_authority')
      .values({ id: authorityId, name: 'Опека Энска', added_at: MONDAY })
      .execute()
    await clinic.db
      .insertInto('patients.representation')
      .values({
        patient_id: patients.masha,
        id: newId(),
        authority_id: authorityId,
        basis: 'authority',
        document: 'Акт № 1',
        since: '2026-01-01',
        until: '2036-08-31',
      })
      .execute()
  })
  beforeEach(() => clinic.reset(MONDAY))
  afterAll(() => clinic.close())

  const list = (actor: typeof operator, patientId: string) =>
    clinic.app.call(actor, booking.listPatientAppointments, { params: { patientId } })

  it('the call centre books, moves and cancels at any organisation, and sees the visits everywhere', async () => {
    const made = await clinic.book(operator, patients.kim, therapist[0]!)
    await clinic.book(operator, patients.kim, neurologist[0]!)
    expect((await list(operator, patients.kim)).coming.map((a) => a.organizationId).sort()).toEqual(
      [polyclinic.id, hospital.id].sort(),
    )
    const hold = await clinic.hold(operator, patients.kim, therapist[1]!, made.id)
    const moved = await clinic.move(operator, patients.kim, made.id, hold.id)
    expect(await clinic.cancel(operator, patients.kim, moved.id, 'Попросил пациент')).toMatchObject({
      status: 'cancelled',
    })
    expect(await clinic.disagreements()).toEqual([])
    const rows = (await clinic.app.journal()).filter((row) => row.actor_role === 'call-centre')
    expect(rows.length).toBeGreaterThan(4)
    expect(new Set(rows.map((row) => row.grounds))).toEqual(new Set(['registration']))
  })

  it('the call centre has its own quota and what the portal has, and neither the registrar’s nor theirs is another’s', async () => {
    expect(quota.length).toBeGreaterThan(0)
    await clinic.book(operator, patients.kim, quota[0]!)
    const channels = await sql<{ channel: string }>`select channel from booking.appointment`.execute(clinic.db)
    expect(channels.rows).toEqual([{ channel: 'call-centre' }])
    expect(await clinic.refusedHold(operator, patients.kim, registrarsOnly[0]!)).toMatchObject({
      type: booking.SlotClosedToChannel.type,
    })
    for (const actor of [actors.petrov, actors.registrar])
      expect(await clinic.refusedHold(actor, patients.petrov, quota[1]!)).toMatchObject({
        type: booking.SlotClosedToChannel.type,
      })
  })

  it('the call centre may not book past a rule', async () => {
    const body = {
      patientId: patients.kim,
      ref: therapist[0]!,
      override: { rules: [newId()], reason: 'Попросил пациент' },
    }
    expect(await clinic.app.refusal(operator, booking.holdSlot, { body })).toMatchObject({ status: 403 })
  })

  it('an officer of guardianship books for a ward by the citizen’s terms, and for nobody else', async () => {
    const made = await clinic.book(officer, patients.masha, therapist[4]!)
    expect((await list(officer, patients.masha)).coming).toHaveLength(1)
    expect(await clinic.refusedHold(officer, patients.petrov, therapist[5]!)).toMatchObject({ status: 404 })
    expect(await clinic.refusedHold(officer, patients.masha, registrarsOnly[0]!)).toMatchObject({
      type: booking.SlotClosedToChannel.type,
    })
    clinic.app.later(20)
    const late = await clinic.app.refusal(officer, booking.cancelAppointment, {
      params: { patientId: patients.masha, appointmentId: made.id },
      body: { reason: null },
    })
    expect(late).toMatchObject({ type: booking.TooLateToChange.type })
    const rows = (await clinic.app.journal('booking.confirm')).filter((r) => r.actor_role === 'guardianship-officer')
    expect(rows).toMatchObject([{ grounds: 'guardianship', patient_id: patients.masha, organization_id: authorityId }])
  })
})
