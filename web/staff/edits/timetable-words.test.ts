import { describe, expect, it } from 'vitest'
import type { Schedule } from '../../../contracts/schedules.ts'
import { differenceWords } from './timetable-words.ts'

const schedule: Schedule = {
  id: '1',
  staffId: '2',
  specialtyCode: '27',
  roomId: '3',
  slotMinutes: 20,
  channels: ['portal', 'registrar'],
  ageFrom: 18,
  ageTo: 150,
  hours: [{ weekday: 1, starts: '10:00', ends: '12:00' }],
  breaks: [],
  lengths: {},
  cycle: null,
  sex: null,
  attachedOnly: false,
  referralNeeded: false,
  quotas: [],
  quotaHours: 24,
  worksOnHolidays: false,
  daysOff: [],
  validFrom: '2026-01-01',
  validUntil: null,
  publishedUntil: '2026-03-15',
}

describe('what differs between two states of a timetable', () => {
  it('is told in words, one line a field', () => {
    const after: Schedule = {
      ...schedule,
      slotMinutes: 21,
      ageTo: 60,
      hours: [
        { weekday: 1, starts: '11:00', ends: '13:00' },
        { weekday: 2, on: 'odd-weeks', starts: '10:00', ends: '12:00' },
      ],
      quotas: [{ channel: 'portal', share: 60 }],
      lengths: { primary: 30 },
    }
    expect(differenceWords(schedule, after)).toEqual([
      {
        title: 'Часы',
        before: 'Понедельник: 10:00–12:00',
        after: 'Понедельник: 11:00–13:00; Вторник, нечётные недели: 10:00–12:00',
      },
      { title: 'Один приём', before: '20\u00a0минут', after: '21\u00a0минута' },
      { title: 'Длительность по видам', before: 'одинаковая', after: 'первичный: 30\u00a0минут' },
      { title: 'Квоты', before: 'нет', after: 'пациенты сами: 60 %' },
      { title: 'Возраст пациентов', before: 'с 18 лет', after: 'с 18 до 60 лет включительно' },
    ])
  })

  it('is nothing for the same state, however far it is published', () => {
    expect(differenceWords(schedule, { ...schedule, publishedUntil: null })).toEqual([])
  })

  it('is everything when there was none', () => {
    const lines = differenceWords(null, schedule)
    expect(lines.every((line) => line.before === null && line.after)).toBe(true)
    expect(lines.map((line) => line.title)).toContain('Действует с')
  })
})
