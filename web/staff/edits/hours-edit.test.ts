import { describe, expect, it } from 'vitest'
import type { Schedule } from '../../../contracts/schedules.ts'
import { changesOf, formOf } from './hours-edit.ts'

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
  breaks: [{ starts: '11:00', ends: '11:20' }],
  lengths: { primary: 30 },
  cycle: null,
  sex: 'female',
  attachedOnly: false,
  referralNeeded: true,
  quotas: [{ channel: 'portal', share: 60 }],
  quotaHours: 24,
  worksOnHolidays: false,
  daysOff: ['2026-03-09'],
  validFrom: '2026-01-01',
  validUntil: null,
  publishedUntil: '2026-03-15',
}

describe('what the form changes of a published timetable', () => {
  it('is nothing while nothing is touched', () => {
    expect(changesOf(schedule, formOf(schedule))).toEqual({})
  })
  it('is named field by field, and never the room or the first day', () => {
    const form = { ...formOf(schedule), slotMinutes: '15', validUntil: '2026-06-01', daysOff: [], sex: '' as const }
    expect(changesOf(schedule, { ...form, roomId: 'other', validFrom: '2026-02-01' })).toEqual({
      slotMinutes: 15,
      validUntil: '2026-06-01',
      daysOff: [],
      sex: null,
    })
  })
})
