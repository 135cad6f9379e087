import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { showSystemActivity } from '../../../contracts/other-systems.ts'
import { MONDAY } from '../../platform/testing/test-app.ts'
import type { Clinic } from '../../testing/booking-clinic.ts'
import { actors, polyclinic, staff } from '../../testing/small-region.ts'
import { connect, openClinicWithSystems } from './testing/clinic-with-systems.ts'
import { addPeople, threeDoors, type Door, type Person } from './testing/three-doors.ts'

let clinic: Clinic
let doors: Door[]
let person: Person

beforeAll(async () => {
  const opened = await openClinicWithSystems()
  clinic = opened.clinic
  clinic.app.now = MONDAY
  doors = await threeDoors(clinic, opened.address, staff.therapist, { requestsPerMinute: 6 })
  person = (await addPeople(clinic, 1))[0]!
})
afterAll(() => clinic.close())

const see = (systemId: string, query: object = {}, by = actors.administrator) =>
  clinic.app.call(by, showSystemActivity, { params: { systemId }, query })

describe('the administrator of a system sees', () => {
  it('what it asked, what was refused and why, by day, the newest first', async () => {
    const times = await clinic.times(staff.therapist)
    const registrarsOnly = (await clinic.times(staff.secondTherapist))[0]!
    for (const door of doors) {
      await door.meet(person)
      await door.book(person, registrarsOnly)
      clinic.app.later(1)
      await door.book(person, times[8]!)
      await door.cancel(person, times[8]!)
      const seen = await see(door.system.id)
      expect(seen, door.name).toMatchObject({
        system: { id: door.system.id, name: door.system.name },
        isWhole: true,
        days: [{ day: '2026-03-02', done: 3, refused: 1, failed: 0 }],
        refusals: [
          {
            problem: '/problems/slot-closed-to-channel',
            codes: [door.name === 'fer' ? 'SLOT_CLOSED_TO_CHANNEL' : '1009'],
            count: 1,
          },
        ],
      })
      expect(seen.latest.map(({ title, outcome }) => `${title}: ${outcome}`)).toEqual([
        'Отмена записи через другую систему: done',
        'Запись на приём через другую систему: done',
        'Запись на приём через другую систему: refused',
        'Другая система назвала пациента: done',
      ])
      expect(seen.operations[0]).toMatchObject({ operation: 'other-systems.book', done: 1, refused: 1 })
      expect(JSON.stringify(seen)).not.toContain(person.id)
    }
  })

  it('a limit that was reached, and only what was refused when asked', async () => {
    const [door] = doors
    for (let i = 0; i < 8; i++) await door!.meet(person)
    const { latest, refusals } = await see(door!.system.id, { outcome: 'refused' })
    expect(refusals[0]).toMatchObject({ problem: '/problems/too-many-requests', title: 'Слишком много запросов' })
    expect(latest.every(({ outcome }) => outcome === 'refused')).toBe(true)
  })

  it('days by the clock of whoever looks', async () => {
    const days = async (zone: string) => (await see(doors[1]!.system.id, { zone, days: 2 })).days.map(({ day }) => day)
    expect(await days('Europe/Moscow')).toEqual(['2026-03-02'])
    expect(await days('Pacific/Honolulu')).toEqual(['2026-03-01'])
    const refusal = await clinic.app.refusal(actors.administrator, showSystemActivity, {
      params: { systemId: doors[1]!.system.id },
      query: { zone: 'Nowhere' },
    })
    expect(refusal).toMatchObject({ status: 422, fields: [{ path: 'zone' }] })
  })

  it('nothing of a system that is not theirs, or that is none', async () => {
    const own = { ...actors.administrator, organizationId: polyclinic.id }
    const theirs = await connect(clinic, 'hub-soap', { organizationIds: [polyclinic.id] })
    expect((await see(theirs.id, {}, own)).days).toEqual([])
    for (const systemId of [doors[0]!.system.id, polyclinic.id])
      expect(await clinic.app.refusal(own, showSystemActivity, { params: { systemId }, query: {} })).toMatchObject({
        type: '/problems/system-not-found',
      })
    expect(
      await clinic.app.refusal(actors.registrar, showSystemActivity, { params: { systemId: theirs.id }, query: {} }),
    ).toMatchObject({ status: 403 })
  })
})
