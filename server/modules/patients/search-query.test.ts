import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSearchQuery } from './search-query.ts'

const read = (line: string) => readSearchQuery(line, '2026-03-02')

describe('a line of search', () => {
  it.each([
    '12.04.1985',
    '12041985',
    '1985-04-12',
    '19850412',
    '12 апреля 1985',
    '12 Апр. 1985 г.',
    '12апреля1985',
    '12/04/1985',
    '12-04-1985',
    '12 04 1985',
    '12,04,1985',
    '12.4.1985',
    '12.04.85',
    '120485',
    '12ю04ю1985',
    '12.04.1985 г.р.',
    '12.04.1985 года рождения',
    '12.04.1985 г. р.',
    '12.04.1985.',
  ])('«%s» is the day of birth and nothing else', (line) => {
    expect(read(line)).toEqual({
      numbers: [],
      days: ['1985-04-12'],
      year: undefined,
      readings: [],
      hasWrongDate: false,
    })
  })

  it('gives a year of two digits both centuries, unless that is ahead', () => {
    expect(read('12.04.12').days).toEqual(['2012-04-12', '1912-04-12'])
    expect(read('03.03.26').days).toEqual(['1926-03-03'])
    expect(read('29.02.00').days).toEqual(['2000-02-29'])
  })

  it.each(['31.02.1985', '1985-13-01', '32 мая 1985', '00.00.0000', '12.04.0985'])('«%s» is a wrong date', (line) => {
    expect(read(line)).toMatchObject({ days: [], hasWrongDate: true })
  })

  it.each(['112-233-445 95', '11223344595', '112 233 445 95', '112-233-44595', 'СНИЛС 112-233-445 95'])(
    '«%s» has a СНИЛС',
    (line) => {
      expect(read(line)).toMatchObject({ numbers: [{ system: 'snils', value: '11223344595' }], days: [] })
    },
  )

  it.each(['2657020837000348', '2657 0208 3700 0348', 'полис 2657-0208-3700-0348'])('«%s» has an ЕНП', (line) => {
    expect(read(line).numbers).toEqual([{ system: 'enp', value: '2657020837000348' }])
  })

  it('of twelve digits is an ИНН', () => {
    expect(read('500100732259').numbers).toEqual([{ system: 'inn', value: '500100732259' }])
  })

  it('parts name and date, whichever stands first', () => {
    for (const line of ['Иванов Пётр 12.04.1985', '12.04.1985 г.р. иванов петр', 'иванов,12.04.1985,пётр'])
      expect(read(line)).toMatchObject({ days: ['1985-04-12'], readings: [['иванов', 'петр'], expect.anything()] })
  })

  it('with a year alone asks for the year', () => {
    expect(read('иванов 1985 г.р.')).toMatchObject({ days: [], year: 1985, readings: [['иванов'], ['bdfyjd']] })
  })

  it('is also read as the other keyboard layout gives it', () => {
    expect(read('bdfyjd gtnh').readings).toEqual([
      ['bdfyjd', 'gtnh'],
      ['иванов', 'петр'],
    ])
    expect(read(',jhbcjd').readings[1]).toEqual(['борисов'])
    expect(read('[fhbnjyjd').readings[1]).toEqual(['харитонов'])
    expect(read('ыьшер').readings[1]).toEqual(['smith'])
  })

  it('reads initials as words of one letter', () => {
    expect(read('Иванов И.П.').readings[0]).toEqual(['иванов', 'и', 'п'])
  })

  it('of unfinished numbers asks for nobody and calls nothing wrong', () => {
    for (const line of ['112-233', '11223344', '1122334459', '99', '..', '%%%', "' or 1=1 --"])
      expect(read(line)).toMatchObject({ numbers: [], days: [], hasWrongDate: false })
  })

  it('of anything at all is read without an error, with real days and plain words', () => {
    const piece = fc.constantFrom(
      '12',
      '.',
      '04',
      '1985',
      ' ',
      'мая',
      'Иванов',
      '-',
      ',',
      'г',
      '[',
      'ю',
      '112',
      '233',
      '0',
      'A',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.array(piece).map((p) => p.join('')),
        ),
        (line) => {
          const query = read(line)
          for (const day of query.days) expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/)
          for (const word of query.readings.flat()) expect(word).toMatch(/^[\p{L}\p{M}]+$/u)
          expect(query.readings.length).toBeLessThanOrEqual(2)
        },
      ),
      { numRuns: 500 },
    )
  })
})
