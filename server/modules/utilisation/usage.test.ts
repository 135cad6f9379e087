import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byDay, csvOf, keyOf, sumsBy, third, total, type Facts } from './usage.ts'

const days = ['2026-03-02', '2026-03-03', '2026-03-04']
const place = fc.record({
  organizationId: fc.constantFrom('o1', 'o2'),
  staffId: fc.constantFrom('s1', 's2', 's3'),
  roomId: fc.constantFrom('r1', 'r2'),
  specialtyCode: fc.constantFrom('27', '118'),
  day: fc.constantFrom(...days),
})
const n = fc.nat(20)
const facts: fc.Arbitrary<Facts> = fc.record({
  times: fc.array(fc.tuple(place, fc.record({ unused: n, free: n, closed: n })).map(([p, c]) => ({ ...p, ...c }))),
  visits: fc.array(
    fc
      .tuple(
        place,
        fc.record({
          channel: fc.constantFrom('portal', 'registrar'),
          outcome: fc.constantFrom('fulfilled', 'no-show', 'unmarked', 'coming', 'late'),
          visits: n,
        }),
      )
      .map(([p, v]) => ({ ...p, ...v })),
  ),
})
const departmentOf = (staffId: string) => (staffId === 's3' ? undefined : `d-${staffId}`)

describe('the use of hours', () => {
  it('adds up: by day, by doctor, room, specialty and organisation to the same total', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const all = total(given)
        expect(all.offered).toBe(all.taken + all.unused + all.free)
        expect(all.taken).toBe(all.fulfilled + all.noShow + all.unmarked + all.coming)
        const sums = [
          byDay(given, days),
          ...(['doctor', 'room', 'specialty', 'organization'] as const).map((by) => [
            ...sumsBy(given, keyOf(by, departmentOf)).values(),
          ]),
        ]
        for (const rows of sums)
          for (const field of Object.keys(all) as (keyof typeof all)[])
            expect(rows.reduce((sum, row) => sum + row[field], 0)).toBe(all[field])
      }),
    )
  })

  it('gives a channel only what was taken through it', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const rows = sumsBy(given, keyOf('channel', departmentOf))
        for (const row of rows.values()) expect([row.unused, row.free, row.closed]).toEqual([0, 0, 0])
        expect([...rows.values()].reduce((sum, row) => sum + row.taken, 0)).toBe(total(given).taken)
      }),
    )
  })

  it('has a day for every day asked for, also an empty one', () => {
    expect(byDay({ times: [], visits: [] }, days).map((row) => [row.day, row.offered])).toEqual(
      days.map((day) => [day, 0]),
    )
  })

  it('takes the third time, whatever order they come in', () => {
    const at = (hour: number) => new Date(Date.UTC(2026, 2, 2, hour))
    expect(third([at(12), at(9), at(15), at(10)])).toEqual(at(12))
    expect(third([at(9), at(10)])).toBeUndefined()
  })
})

describe('a file for a spreadsheet', () => {
  it('quotes what needs it and lets nothing be a formula', () => {
    expect(
      csvOf(
        ['Имя', 'Число'],
        [
          ['=1+1', 2],
          ['«А»; "Б"', null],
          ['@x', -1],
        ],
      ),
    ).toBe('\uFEFFИмя;Число\r\n\'=1+1;2\r\n"«А»; ""Б""";\r\n\'@x;-1\r\n')
  })
})
