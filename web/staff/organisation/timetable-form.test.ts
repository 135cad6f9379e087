import { describe, expect, it } from 'vitest'
import { bodyOf, flawsOf, newTimetable } from './timetable-form.ts'

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
})
