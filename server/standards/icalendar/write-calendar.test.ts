import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { writeCalendar, type CalendarEvent, type Zone } from './index.ts'

const event: CalendarEvent = {
  uid: '0195a000-0000-7000-8000-000000000090',
  sequence: 3,
  createdAt: new Date('2026-03-01T06:00:00Z'),
  changedAt: new Date('2026-03-02T06:00:00Z'),
  startsAt: new Date('2026-03-03T02:15:00Z'),
  endsAt: new Date('2026-03-03T02:30:00Z'),
  summary: 'Приём у врача',
  location: 'ул. Садовая, д. 5; кабинет 101',
  description: 'Код талона: K4M7T2\nВозьмите с собой: паспорт.',
  status: 'CONFIRMED',
  alarms: [{ before: 86_400, text: 'Завтра' }],
}
const novosibirsk: Zone = { id: 'Asia/Novosibirsk', first: 7 * 3_600_000, changes: [] }
/** Clocks as in Berlin: forward on 29 March 2026 at 01:00 UTC, back on 25 October. */
const berlin: Zone = {
  id: 'Europe/Berlin',
  first: 3_600_000,
  changes: [
    { at: new Date('2026-03-29T01:00:00Z'), after: 7_200_000 },
    { at: new Date('2026-10-25T01:00:00Z'), after: 3_600_000 },
  ],
}
const read = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text))
  return { calendar, events: calendar.getAllSubcomponents('vevent') }
}

describe('a written calendar', () => {
  it('is read back with all that it says', () => {
    const { calendar, events } = read(writeCalendar({ name: 'Мои приёмы', refresh: 'PT1H', events: [event] }))
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0')
    expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe('Мои приёмы')
    const [got] = events
    expect(got!.getFirstPropertyValue('uid')).toBe(event.uid)
    expect(got!.getFirstPropertyValue('sequence')).toBe(3)
    expect(got!.getFirstPropertyValue('location')).toBe(event.location)
    expect(got!.getFirstPropertyValue('description')).toBe(event.description)
    expect(String(got!.getFirstPropertyValue('last-modified'))).toBe('2026-03-02T06:00:00Z')
    expect(String(got!.getFirstSubcomponent('valarm')!.getFirstPropertyValue('trigger'))).toBe('-P1D')
  })

  it('is the same for the same events, and ends every line with CRLF', () => {
    const text = writeCalendar({ name: 'А', events: [event] })
    expect(writeCalendar({ name: 'А', events: [{ ...event }] })).toBe(text)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
  })

  it('tells times by the clocks of the place, with the zone described once', () => {
    const text = writeCalendar({
      events: [
        { ...event, zone: novosibirsk },
        { ...event, uid: 'b', zone: novosibirsk },
      ],
    })
    expect(text).toContain('DTSTART;TZID=Asia/Novosibirsk:20260303T091500\r\n')
    expect(text).toContain('TZOFFSETTO:+0700\r\n')
    expect(text.match(/BEGIN:VTIMEZONE/g)).toHaveLength(1)
  })

  it.each([
    ['2026-03-29T00:59:00Z', '20260329T015900'],
    ['2026-03-29T01:00:00Z', '20260329T030000'],
    ['2026-07-01T10:00:00Z', '20260701T120000'],
    ['2026-10-25T01:00:00Z', '20261025T020000'],
    ['2026-12-01T10:00:00Z', '20261201T110000'],
  ])('a reader that knows no zones of its own gets %s right when clocks change', (instant, wall) => {
    const at = new Date(instant)
    const text = writeCalendar({
      events: [{ ...event, startsAt: at, endsAt: new Date(at.getTime() + 600_000), zone: berlin }],
    })
    expect(text).toContain(`DTSTART;TZID=Europe/Berlin:${wall}\r\n`)
    const { calendar, events } = read(text)
    const zone = new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone')!)
    const start = events[0]!.getFirstPropertyValue('dtstart') as ICAL.Time
    start.zone = zone
    expect(start.toJSDate()).toEqual(at)
  })

  it('of a cancelled event takes no time and says so', () => {
    const [got] = read(writeCalendar({ events: [{ ...event, status: 'CANCELLED', alarms: [] }] })).events
    expect(got!.getFirstPropertyValue('status')).toBe('CANCELLED')
    expect(got!.getFirstPropertyValue('transp')).toBe('TRANSPARENT')
  })

  it('keeps lines within 75 octets and is read back, whatever the texts hold', () => {
    const anything = fc.string({ unit: 'grapheme', maxLength: 400 })
    const kept = (text: string) =>
      text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]|\u007f/gu, (c) => (c > '\u007f' ? c : ''))
    fc.assert(
      fc.property(anything, anything, anything, (summary, location, description) => {
        const text = writeCalendar({ events: [{ ...event, summary, location, description }] })
        for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
        const { events } = read(text)
        expect(events).toHaveLength(1)
        expect(events[0]!.getFirstPropertyValue('summary')).toBe(kept(summary))
        expect(events[0]!.getFirstPropertyValue('location') ?? '').toBe(kept(location))
        expect(events[0]!.getFirstPropertyValue('description') ?? '').toBe(kept(description))
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    [0, 'PT0S'],
    [90, 'PT1M30S'],
    [7_200, 'PT2H'],
    [88_200, 'P1DT30M'],
  ])('writes %i seconds as %s', (before, words) => {
    expect(writeCalendar({ events: [{ ...event, alarms: [{ before, text: 'а' }] }] })).toContain(
      `TRIGGER:-${words}\r\n`,
    )
  })
})
