import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CalendarRefused, mergedWithin, readBusy, writeCalendar } from './index.ts'

/** March 2026 in Moscow (UTC+3), for whoever has no zone; 'Asia/Novosibirsk' (UTC+7) is known besides. */
const march = {
  from: new Date('2026-03-01T00:00:00Z'),
  until: new Date('2026-04-01T00:00:00Z'),
  instantOf: (day: string, time: string, zone: string | undefined) =>
    new Date(Date.parse(`${day}T${time}Z`) - (zone === 'Asia/Novosibirsk' ? 7 : 3) * 3_600_000),
}
const calendar = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', ...lines, 'END:VCALENDAR', ''].join('\r\n')
const event = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:a', 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT']
const BERLIN = [
  'BEGIN:VTIMEZONE',
  'TZID:Berlin by hand',
  'BEGIN:DAYLIGHT',
  'DTSTART:19810329T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'DTSTART:19961027T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'END:STANDARD',
  'END:VTIMEZONE',
]
const busy = (...lines: string[]) =>
  readBusy(calendar(...lines), march).map(
    ({ startsAt, endsAt }) => `${startsAt.toISOString().slice(5, 16)} ${endsAt.toISOString().slice(5, 16)}`,
  )

describe('when a calendar is taken', () => {
  it('is an event in UTC, by a zone of the calendar, by a zone that is only named, and without one', () => {
    expect(busy(...event('DTSTART:20260303T090000Z', 'DTEND:20260303T100000Z'))).toEqual(['03-03T09:00 03-03T10:00'])
    expect(busy(...BERLIN, ...event('DTSTART;TZID=Berlin by hand:20260303T090000', 'DURATION:PT30M'))).toEqual([
      '03-03T08:00 03-03T08:30',
    ])
    expect(
      busy(...event('DTSTART;TZID=Asia/Novosibirsk:20260303T090000', 'DTEND;TZID=Asia/Novosibirsk:20260303T100000')),
    ).toEqual(['03-03T02:00 03-03T03:00'])
    expect(busy(...event('DTSTART:20260303T090000', 'DTEND:20260303T100000'))).toEqual(['03-03T06:00 03-03T07:00'])
  })

  it('is a whole day by the clocks of the place, one or several', () => {
    expect(busy(...event('DTSTART;VALUE=DATE:20260303'))).toEqual(['03-02T21:00 03-03T21:00'])
    expect(busy(...event('DTSTART;VALUE=DATE:20260303', 'DTEND;VALUE=DATE:20260306'))).toEqual([
      '03-02T21:00 03-05T21:00',
    ])
  })

  it.each(['TRANSP:TRANSPARENT', 'STATUS:CANCELLED', 'X-MICROSOFT-CDO-BUSYSTATUS:FREE'])('is not with %s', (line) => {
    expect(busy(...event('DTSTART:20260303T090000Z', 'DTEND:20260303T100000Z', line))).toEqual([])
  })

  it('is what repeats, by the clocks of its zone, without what was taken out', () => {
    expect(
      busy(
        ...BERLIN,
        ...event(
          'DTSTART;TZID=Berlin by hand:20260115T090000',
          'DURATION:PT1H',
          'RRULE:FREQ=WEEKLY;BYDAY=TH,SU',
          'EXDATE;TZID=Berlin by hand:20260312T090000,20260319T090000',
        ),
      ).filter((line) => line > '03-10'),
      // The clocks of Berlin go forward on the 29th.
    ).toEqual([
      '03-15T08:00 03-15T09:00',
      '03-22T08:00 03-22T09:00',
      '03-26T08:00 03-26T09:00',
      '03-29T07:00 03-29T08:00',
    ])
  })

  it('is an occurrence where it was moved to, also from outside of the window, and not one that was cancelled', () => {
    const master = event('DTSTART:20260220T090000Z', 'DTEND:20260220T100000Z', 'RRULE:FREQ=WEEKLY;COUNT=4')
    const moved = event('RECURRENCE-ID:20260220T090000Z', 'DTSTART:20260304T120000Z', 'DTEND:20260304T130000Z')
    const cancelled = event(
      'RECURRENCE-ID:20260306T090000Z',
      'DTSTART:20260306T090000Z',
      'DTEND:20260306T100000Z',
      'STATUS:CANCELLED',
    )
    expect(busy(...moved, ...master, ...cancelled)).toEqual(['03-04T12:00 03-04T13:00', '03-13T09:00 03-13T10:00'])
    // An invitation to one occurrence comes without what it is an occurrence of.
    expect(busy(...moved)).toEqual(['03-04T12:00 03-04T13:00'])
  })

  it('is from some occurrence on what it was changed to', () => {
    expect(
      busy(
        ...event('DTSTART:20260302T090000Z', 'DTEND:20260302T100000Z', 'RRULE:FREQ=WEEKLY;COUNT=3'),
        ...event(
          'RECURRENCE-ID;RANGE=THISANDFUTURE:20260309T090000Z',
          'DTSTART:20260309T110000Z',
          'DTEND:20260309T120000Z',
        ),
      ),
    ).toEqual(['03-02T09:00 03-02T10:00', '03-09T11:00 03-09T12:00', '03-16T11:00 03-16T12:00'])
  })

  it('is additional dates, an event that began before the window, and busy times without events', () => {
    expect(busy(...event('DTSTART:20260303T090000Z', 'DTEND:20260303T100000Z', 'RDATE:20260310T090000Z'))).toHaveLength(
      2,
    )
    expect(busy(...event('DTSTART:20260220T090000Z', 'DTEND:20260302T100000Z'))).toEqual(['03-01T00:00 03-02T10:00'])
    expect(
      busy(
        'BEGIN:VFREEBUSY',
        'FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20260303T090000Z/PT1H,20260304T090000Z/20260304T100000Z',
        'FREEBUSY;FBTYPE=FREE:20260305T090000Z/PT1H',
        'END:VFREEBUSY',
      ),
    ).toEqual(['03-03T09:00 03-03T10:00', '03-04T09:00 03-04T10:00'])
  })

  it('is a calendar of our own writing', () => {
    const at = new Date('2026-03-03T09:00:00Z')
    const zone = { id: 'Asia/Tomsk', first: 7 * 3_600_000, changes: [] }
    const text = writeCalendar({
      events: [
        {
          uid: 'a',
          sequence: 0,
          createdAt: at,
          changedAt: at,
          startsAt: at,
          endsAt: new Date(+at + 600_000),
          zone,
          summary: 'а',
          location: '',
          description: '',
          status: 'CONFIRMED',
          alarms: [],
        },
      ],
    })
    expect(readBusy(text, march)).toEqual([{ startsAt: at, endsAt: new Date(+at + 600_000) }])
  })
})

describe('what is not a calendar', () => {
  it.each([
    ['nothing', ''],
    ['a page to sign in', '<!doctype html><html><body>Sign in</body></html>'],
    ['a card', 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:А\r\nEND:VCARD\r\n'],
    ['a calendar cut short', calendar(...event('DTSTART:20260303T090000Z')).slice(0, 80)],
    ['an event without a beginning', calendar(...event('SUMMARY:а'))],
    ['an event at a time that is none', calendar(...event('DTSTART:20269999T999999Z', 'DTEND:nonsense'))],
    ['a rule that is none', calendar(...event('DTSTART:20260303T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=SOMETIMES'))],
    ['a rule of every second', calendar(...event('DTSTART:19700101T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY'))],
  ])('is refused: %s', (_name, text) => {
    expect(() => readBusy(text, march)).toThrow(CalendarRefused)
  })

  it('is refused and never breaks anything else, whatever it is', () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom(
        'DTSTART:20260303T090000Z',
        'DTEND:20260303T100000Z',
        'RRULE:FREQ=DAILY',
        'RRULE:FREQ=DAILY;COUNT=3',
        'EXDATE:20260304T090000Z',
        'BEGIN:VEVENT',
        'END:VEVENT',
        'DTSTART;VALUE=DATE:20260303',
        'DURATION:-P1D',
        'RECURRENCE-ID:20260303T090000Z',
        'RDATE;VALUE=PERIOD:20260303T090000Z/PT1H',
      ),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        try {
          for (const { startsAt, endsAt } of readBusy(calendar(...event(...lines)), march)) {
            expect(startsAt < endsAt).toBe(true)
            expect(startsAt >= march.from && endsAt <= march.until).toBe(true)
          }
        } catch (error) {
          expect(error).toBeInstanceOf(CalendarRefused)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('times that touch', () => {
  it('are one, within the window, in order', () => {
    const at = (hour: number) => new Date(march.from.getTime() + hour * 3_600_000)
    const time = fc.tuple(fc.integer({ min: -20, max: 800 }), fc.integer({ min: 0, max: 20 }))
    fc.assert(
      fc.property(fc.array(time, { maxLength: 30 }), (times) => {
        const given = times.map(([start, length]) => ({ startsAt: at(start), endsAt: at(start + length) }))
        const whole = mergedWithin(given, march)
        whole.forEach((t, i) => i > 0 && expect(t.startsAt > whole[i - 1]!.endsAt).toBe(true))
        for (let hour = 0; hour < 744; hour++) {
          const taken = (list: typeof given) => list.some((t) => t.startsAt <= at(hour) && t.endsAt > at(hour))
          expect(taken(whole)).toBe(taken(given))
        }
      }),
      { numRuns: 50 },
    )
  })
})
