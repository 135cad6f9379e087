import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as booking from '../../../contracts/booking.ts'
import { MONDAY } from '../../platform/testing/test-app.ts'
import { openClinic, type Clinic } from '../../testing/booking-clinic.ts'
import { actors, patients, polyclinic, specialties, staff } from '../../testing/small-region.ts'
import { parseSlotRef } from '../schedules/index.ts'
import { importAppointments, type NewAppointment } from './index.ts'

describe('importing appointments', () => {
  let clinic: Clinic
  let therapist: string[]
  beforeAll(async () => {
    clinic = await openClinic()
    therapist = await clinic.times(staff.therapist)
  })
  afterAll(() => clinic.close())
  const entry = (ref: string, patientId: string, status: NewAppointment['status'] = 'booked'): NewAppointment => {
    const key = parseSlotRef(ref)
    return {
      ...key,
      endsAt: new Date(key.startsAt.getTime() + 20 * 60_000),
      staffId: staff.therapist,
      specialtyCode: specialties.therapy,
      roomId: polyclinic.rooms[0],
      patientId,
      status,
      channel: 'portal',
      createdAt: MONDAY,
    }
  }
  const load = (entries: NewAppointment[]) => clinic.db.transaction().execute((tx) => importAppointments(tx, entries))

  it('makes coming and past ones that the use cases take for their own', async () => {
    const made = await load([
      entry(therapist[0]!, patients.petrov),
      entry(therapist[1]!, patients.masha, 'fulfilled'),
      entry(therapist[2]!, patients.kim, 'no-show'),
    ])
    expect(made.size).toBe(3)
    expect(await clinic.disagreements()).toEqual([])
    const { coming } = await clinic.app.call(actors.petrov, booking.listPatientAppointments, {
      params: { patientId: patients.petrov },
    })
    expect(coming.map((a) => made.has(a.id))).toEqual([true])
    await clinic.cancel(actors.registrar, patients.petrov, coming[0]!.id)
    expect(await clinic.disagreements()).toEqual([])
  })

  it('leaves out what has no slot, whose slot is taken, and what the patient’s rules forbid', async () => {
    await clinic.reset(MONDAY)
    await clinic.book(actors.registrar, patients.kim, therapist[3]!)
    const [twice, allowed] = [entry(therapist[6]!, patients.petrov), entry(therapist[5]!, patients.petrov)]
    const made = await load([
      entry(therapist[0]!.replace(/~0$/, '~1'), patients.masha),
      entry(therapist[3]!, patients.sidorova),
      { ...allowed, id: patients.petrov },
      { ...twice, id: patients.kim },
    ])
    expect([...made]).toEqual([patients.petrov])
    expect(await clinic.disagreements()).toEqual([])
    expect(await load([])).toEqual(new Set())
  })
})
