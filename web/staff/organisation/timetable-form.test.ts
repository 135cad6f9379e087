import { describe, expect, it } from 'vitest'
import { bodyOf, flawsOf, newTimetable, rhythmOf, templateOf, withRhythm, type Rhythm } from './timetable-form.ts'
import { daysAhead, patternWords } from './weekly-hours.ts'

const today = '2026-11-26'
const form = { ...newTimetable(today), roomId: 'room' }

describe('a timetable as typed', () => {
  it('is good as it is offered, once the room is chosen', () => {
    expect(flawsOf(form, today).any).toBe(false)
    expect(Object.keys(flawsOf(newTimetable(today), today).fields)).toEqual(['roomId'])
  })
  it.each([
    ['slotMinutes', { slotMinutes: '4' }],
    ['slotMinutes', { slotMinutes: '15,5' }],
    ['ageTo', { ageFrom: '18', ageTo: '17' }],
    ['validFrom', { validFrom: '' }],
    ['validUntil', { validUntil: '2026-11-25' }],
    ['channels', { channels: [] }],
    ['hours', { hours: [] }],
    ['lengths.primary', { lengths: { primary: '3' } }],
    [
      'quotas',
      {
        quotas: [
          { channel: 'portal' as const, share: '60' },
          { channel: 'doctor' as const, share: '50' },
        ],
      },
    ],
    ['quotas.0.channel', { quotas: [{ channel: 'system' as const, share: '10' }] }],
    ['quotaHours', { quotas: [{ channel: 'portal' as const, share: '10' }], quotaHours: 'день' }],
    ['breaks.0.ends', { breaks: [{ starts: '12:00', ends: '11:00' }] }],
    ['hours.0.ends', { hours: [{ weekday: 1, starts: '', ends: '' }] }],
    ['hours.1.starts', { hours: [1, 1].map((weekday) => ({ weekday, starts: '08:00', ends: '09:00' })) }],
    ['cycle.days', { cycle: { days: '1', from: today } }],
    ['daysOff.0', { daysOff: ['2026-12-01'], hours: [{ date: '2026-12-01', starts: '08:00', ends: '09:00' }] }],
  ])('says what is wrong with %s', (field, wrong) => {
    const flaws = flawsOf({ ...form, ...wrong }, today)
    expect(Object.keys(flaws.fields)).toEqual([field])
    expect(flaws.any).toBe(true)
  })
  it('is sent as numbers and days', () => {
    expect(bodyOf(form, { staffId: 's', specialtyCode: '109' })).toMatchObject({
      slotMinutes: 15,
      ageTo: 150,
      validUntil: null,
    })
  })
  it.each(['weekly', 'two-by-two', 'one-in-four', 'every-other', 'fortnight'] as Rhythm[])(
    'repeats «%s» and is called so again',
    (rhythm) => {
      const made = withRhythm(form, rhythm, '2026-11-23')
      expect(rhythmOf(made)).toBe(rhythm)
      expect(flawsOf(made, today).any).toBe(false)
    },
  )
  it('draws the weeks it makes: shifts, days off, holidays, and only while it is valid', () => {
    const shifts = {
      ...withRhythm(form, 'two-by-two', '2026-11-23'),
      validUntil: '2026-12-03',
      daysOff: ['2026-11-27'],
    }
    const days = daysAhead(templateOf(shifts), '2026-11-23', 2, new Map([['2026-12-01', null]]))
    expect(days.filter((d) => d.stretches.length > 0).map((d) => d.day)).toEqual(['2026-11-26', '2026-11-30'])
    expect(days[3]).toMatchObject({ times: 48, outside: false })
    expect(days.filter((d) => d.outside).map((d) => d.day.slice(8))).toEqual(['23', '24', '25', '04', '05', '06'])
  })
  it('says in words when hours apply', () => {
    const at = { starts: '08:00', ends: '09:00' }
    expect(
      [
        { weekday: 3, ...at },
        { weekday: 2, on: 'even-weeks' as const, ...at },
        { weekday: 7, on: 'odd-dates' as const, ...at },
        { cycleDay: 2, ...at },
        { date: '2026-12-31', ...at },
      ].map(patternWords),
    ).toEqual([
      'каждую среду',
      'во вторник чётной недели',
      'в воскресенье с нечётным числом',
      'в 2-й день цикла',
      'только 31.12.2026',
    ])
  })
})
