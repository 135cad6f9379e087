import { describe, expect, it } from 'vitest'
import { instantOf } from './local-time.ts'

describe('an instant by the clocks of a zone', () => {
  it.each([
    ['Europe/Moscow', '2026-03-03', '09:00', '2026-03-03T06:00:00.000Z'],
    ['Europe/Moscow', '2026-01-01', '00:00', '2025-12-31T21:00:00.000Z'],
    ['Asia/Kamchatka', '2026-03-03', '23:59', '2026-03-03T11:59:00.000Z'],
    ['UTC', '2026-03-03', '12:34', '2026-03-03T12:34:00.000Z'],
    ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00.000Z'],
  ])('%s, %s %s', (zone, day, time, instant) => {
    expect(instantOf(zone, day, time)).toBe(instant)
  })
})
