import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCalendar } from './calendar-file.ts'

describe('a file of a production calendar', () => {
  const days = [
    { day: '2026-02-20', kind: 'short', like: null, name: 'Предпраздничный; день' },
    { day: '2026-02-23', kind: 'holiday', like: null, name: 'День защитника Отечества' },
    { day: '2026-02-28', kind: 'working', like: 1, name: 'Рабочая суббота' },
  ]
  it('is read from JSON and from CSV alike', () => {
    expect(readCalendar(JSON.stringify(days))).toEqual(days)
    const csv = days.map((d) => `${d.day};${d.kind};${d.like ?? ''};${d.name}`).join('\r\n')
    expect(readCalendar(`\uFEFFday;kind;like;name\r\n${csv}\r\n`)).toEqual(days)
  })
  it('is refused with the line that is wrong', () => {
    const refused = (line: string) => () => readCalendar(`2026-01-01;holiday;;Новый год\n${line}`)
    expect(refused('2026-02-30;holiday;;')).toThrow('line 2: «2026-02-30» is not a day')
    expect(refused('2026-02-28;party;;')).toThrow('line 2: «party» is not a kind')
    expect(refused('2026-02-28;working;;')).toThrow('line 2: a working weekend needs')
    expect(refused('2026-01-01;short;;')).toThrow('2026-01-01 stands twice')
    expect(() => readCalendar('[1]')).toThrow('a list of days is expected')
  })
  it('never gives a wrong day, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          for (const day of readCalendar(text)) expect(['holiday', 'short', 'working']).toContain(day.kind)
        } catch (error) {
          expect(error).toBeInstanceOf(Error)
        }
      }),
    )
  })
})
