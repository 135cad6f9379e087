import { describe, expect, it } from 'vitest'
import { listCalendar } from '../../../contracts/schedules.ts'
import { system } from '../../platform/perform.ts'
import { actors } from '../../testing/small-region.ts'
import { bookSlots } from './store-slot.ts'
import { newId } from '../../platform/ids.ts'
import { statutoryCalendar, type CalendarDay } from './calendar.ts'
import { importCalendar } from './import-calendar.ts'
import { publishAhead } from './publish-ahead.ts'
import { allSlots, schedules, useScheduleApp } from './test-region.ts'

const app = useScheduleApp()
const take = (days: CalendarDay[]) => app().work(system, (work) => importCalendar(work, async () => {}, days))
const off = (day: string): CalendarDay => ({ day, kind: 'holiday', like: null, name: 'Праздник' })
const of = async (day: string) =>
  (await allSlots(app(), schedules.therapist))
    .filter((s) => s.starts_at.toISOString().startsWith(day))
    .map((s) => `${s.starts_at.toISOString().slice(11, 16)} ${s.closed_for ?? s.status}`)
const morning = (state: string) => ['06:00', '06:30', '07:00', '07:30', '08:00', '08:30'].map((t) => `${t} ${state}`)

describe('the calendar that the law gives', () => {
  it('has its holidays, the days off for those on a weekend, and the short days before them', () => {
    const days = (year: number, kind: string) =>
      statutoryCalendar(year)
        .filter((d) => d.kind === kind)
        .map((d) => d.day.slice(5))
    const january = ['01-01', '01-02', '01-03', '01-04', '01-05', '01-06', '01-07', '01-08']
    // In 2026 the 8th of March is a Sunday and the 9th of May a Saturday; in 2027 the 1st and the 9th of May and the 12th of June are at weekends.
    expect(days(2026, 'holiday')).toEqual([
      ...january,
      '02-23',
      '03-08',
      '03-09',
      '05-01',
      '05-09',
      '05-11',
      '06-12',
      '11-04',
    ])
    expect(days(2026, 'short')).toEqual(['04-30', '05-08', '06-11', '11-03', '12-31'])
    expect(days(2027, 'holiday')).toEqual([
      ...january,
      '02-23',
      '03-08',
      '05-01',
      '05-03',
      '05-09',
      '05-10',
      '06-12',
      '06-14',
      '11-04',
    ])
    expect(days(2027, 'short')).toEqual(['02-22', '04-30', '06-11', '11-03', '12-31'])
  })
})

describe('an imported calendar', () => {
  it('closes days off, gives a working Saturday its hours, shortens a short day; and takes it all back', async () => {
    await bookSlots(app().db, [
      {
        organizationId: (await allSlots(app(), schedules.therapist))[0]!.organization_id,
        scheduleId: schedules.therapist,
        startsAt: new Date('2026-03-09T06:30:00Z'),
        seq: 0,
        appointmentId: newId(),
      },
    ])
    const days: CalendarDay[] = [
      off('2026-03-09'),
      { day: '2026-03-06', kind: 'short', like: null, name: 'Предпраздничный день' },
      { day: '2026-03-14', kind: 'working', like: 1, name: 'За понедельник' },
      off('2026-03-17'),
    ]
    // The hospital's neurologist works on Tuesdays; the second therapist on Mondays, after noon.
    expect(await take(days)).toMatchObject({ changedDays: 4, added: 6 + 2, booked: 1, opened: 0 })
    expect(await of('2026-03-09')).toEqual(morning('calendar').map((s) => (s.startsWith('06:30') ? '06:30 booked' : s)))
    expect(await of('2026-03-06')).toEqual([...morning('free').slice(0, 4), '08:00 calendar', '08:30 calendar'])
    expect(await of('2026-03-14')).toEqual(morning('free'))
    expect(await take(days)).toEqual({ changedDays: 0, added: 0, closed: 0, opened: 0, booked: 0 })
    app().now = new Date('2026-03-04T09:00:00Z')
    await app().work(system, (work) => publishAhead(work, async () => {}))
    expect(await of('2026-03-17')).toEqual(morning('calendar'))
    const { days: shown } = await app().call(actors.petrov, listCalendar, { params: { year: '2026' } })
    expect(shown.map((d) => d.day)).toEqual(['2026-03-06', '2026-03-09', '2026-03-14', '2026-03-17'])

    expect(await take([off('2026-03-17')])).toMatchObject({ changedDays: 3, closed: 0 })
    expect(await of('2026-03-09')).toEqual(morning('free').map((s) => (s.startsWith('06:30') ? '06:30 booked' : s)))
    expect(await of('2026-03-06')).toEqual(morning('free'))
  })

  it('does not concern who works on holidays', async () => {
    await app()
      .db.updateTable('schedules.schedule')
      .set({ works_on_holidays: true })
      .where('id', '=', schedules.therapist)
      .execute()
    await take([off('2026-03-11')])
    expect(await of('2026-03-11')).toEqual(morning('free'))
    expect(await of('2026-03-17')).toEqual(morning('free'))
  })
})
