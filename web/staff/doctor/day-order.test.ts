import { describe, expect, it } from 'vitest'
import type { DayVisit } from '../../../contracts/day-visits.ts'
import { groupsOf, progressOf } from './day-order.ts'

const visit = (appointmentId: string, status: DayVisit['status'], time: string) =>
  ({ appointmentId, status, startsAt: `2026-11-26T${time}:00Z` }) as DayVisit

const day = [
  visit('a', 'fulfilled', '02:00'),
  visit('b', 'booked', '04:00'),
  visit('c', 'arrived', '03:45'),
  visit('d', 'arrived', '03:00'),
  visit('e', 'in-progress', '02:15'),
  visit('f', 'cancelled', '02:30'),
  visit('g', 'no-show', '02:45'),
]

describe('a doctor’s day', () => {
  it('begins with whoever is there, then those who wait, by time', () => {
    expect(groupsOf(day).map((g) => [g.title, g.visits.map((v) => v.appointmentId)])).toEqual([
      ['На приёме', ['e']],
      ['Пришли и ждут', ['d', 'c']],
      ['Записаны', ['b']],
      ['Приняты', ['a']],
      ['Не пришли', ['g']],
    ])
  })
  it('counts who was seen, without cancelled visits', () => {
    expect(progressOf(day)).toEqual({ seen: 1, all: 6 })
  })
})
