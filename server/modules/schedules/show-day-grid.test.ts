import { describe, expect, it } from 'vitest'
import { showDayGrid } from '../../../contracts/schedules.ts'
import { newId } from '../../platform/ids.ts'
import { MONDAY } from '../../platform/testing/test-app.ts'
import { minutesLater } from '../../platform/time.ts'
import { actors, hospital, polyclinic, specialties, staff } from '../../testing/small-region.ts'
import { bookSlots, claimSlot, lockSlot, setSlotStatus } from './store-slot.ts'
import { allSlots, schedules, useScheduleApp } from './test-region.ts'

describe('the grid of a day', () => {
  const app = useScheduleApp()
  const grid = (query: { day: string; specialty?: string }, actor = actors.registrar, organizationId = polyclinic.id) =>
    app().call(actor, showDayGrid, { params: { organizationId }, query })

  it('has a column for each timetable of the day, by doctor, with every time and its state', async () => {
    const keys = (await allSlots(app(), schedules.therapist))
      .slice(0, 4)
      .map((s) => ({ organizationId: s.organization_id, scheduleId: s.schedule_id, startsAt: s.starts_at, seq: s.seq }))
    const appointmentId = newId()
    await bookSlots(app().db, [{ ...keys[0]!, appointmentId }])
    await app().work(actors.petrov, (work) =>
      claimSlot(work, keys[1]!, { holdId: newId(), until: minutesLater(MONDAY, 5) }),
    )
    await app().work(actors.registrar, async (work) => {
      await lockSlot(work, keys[2]!)
      await setSlotStatus(work, keys[2]!, 'closed')
    })
    const { columns, timeZone } = await grid({ day: '2026-03-02' })
    expect(timeZone).toBe('Europe/Moscow')
    expect(columns.map((c) => [c.doctorName, c.specialtyTitle, c.room, c.staffId, c.scheduleId])).toEqual([
      ['Иванова Анна Сергеевна', 'Терапевт', '101', staff.therapist, schedules.therapist],
      ['Соколов Егор Ильич', 'Терапевт', '102', staff.secondTherapist, schedules.secondTherapist],
    ])
    expect(columns[0]!.slots.map((s) => s.state)).toEqual(['booked', 'held', 'closed', 'free', 'free'])
    expect(columns[0]!.slots.map((s) => s.appointmentId)).toEqual([appointmentId, null, null, null, null])

    app().now = new Date('2026-03-02T20:00:00Z')
    const evening = await grid({ day: '2026-03-02' })
    expect(evening.columns[0]!.slots.map((s) => s.state)).toEqual(['booked', 'past', 'closed', 'past', 'past'])
    app().now = MONDAY
  })

  it('is that of a specialty when one is named', async () => {
    const { columns } = await grid({ day: '2026-03-03', specialty: specialties.cardiology })
    expect(columns.map((c) => [c.doctorName, c.slots.length])).toEqual([['Орлов Олег Игоревич', 6]])
  })

  it('follows the calendar of the organisation', async () => {
    const at = async (day: string) => (await grid({ day }, actors.hospitalRegistrar, hospital.id)).columns.length
    expect([await at('2026-03-02'), await at('2026-03-03'), await at('2026-03-04')]).toEqual([0, 1, 0])
  })

  it('is for those who work there: for others there is no such page', async () => {
    const params = { organizationId: polyclinic.id }
    const query = { day: '2026-03-02' }
    expect((await app().refusal(actors.hospitalRegistrar, showDayGrid, { params, query })).status).toBe(404)
    expect((await app().refusal(actors.neurologist, showDayGrid, { params, query })).status).toBe(404)
    expect((await app().refusal(actors.petrov, showDayGrid, { params, query })).status).toBe(403)
    expect((await grid(query, actors.therapist)).columns).toHaveLength(2)
    const wrong = await app().refusal(actors.registrar, showDayGrid, { params, query: { day: '2026-02-31' } })
    expect(wrong.fields).toMatchObject([{ path: 'day' }])
  })
})
