import { isPlainDate } from '../../../contracts/values.ts'
import { inOtherLayout } from '../../platform/keyboard-layout.ts'
import { nameWords } from './names.ts'
import type { Identifier } from './store-import.ts'

/** What a person typed into the one line of search. */
export type SearchQuery = {
  /** СНИЛС (11 digits), ИНН (12), ЕНП (16): one of them decides alone. */
  numbers: readonly Identifier[]
  /** Days of birth that may be meant, 'YYYY-MM-DD': two centuries when the year was given as two digits. */
  days: readonly string[]
  /** A year of birth, when only that was given. */
  year: number | undefined
  /** Words of the name as typed, and as the same keys give them in the other keyboard layout. */
  readings: readonly (readonly string[])[]
  /** A date that is not in the calendar was typed («31.02.1985»). */
  hasWrongDate: boolean
}

/** Words of a name that are looked at: longer lines are pasted text. */
const MOST_WORDS = 6
const OLDEST_YEAR = 1880

const MONTHS = ['янв', 'фев', 'мар', 'апр', 'ма', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек']
const monthOf = (word: string): string => String(MONTHS.findIndex((start) => word.toLowerCase().startsWith(start)) + 1)

/** What people add to a date: «г.», «г. р.», «года рождения». */
const BORN = String.raw`(?:\s*(?:г\.?\s*р\.?|года?(?:\s+рожд[а-я.]*)?|г\.?)(?![а-яё]))?`
const YEAR = String.raw`(\d{4}|\d{2})(?!\d)${BORN}`

/** Usual forms of a date. What is `certain` to be a date has its parts set apart; bare digits may be anything else. */
const dateForms: readonly {
  pattern: RegExp
  parts(a: string, b: string, c: string): [year: string, month: string, day: string]
  certain: boolean
}[] = [
  {
    pattern: new RegExp(String.raw`(?<!\d)(\d{1,2})\s*((?:${MONTHS.join('|')})[а-яё]*)\.?\s*${YEAR}`, 'giu'),
    parts: (day, month, year) => [year, monthOf(month), day],
    certain: true,
  },
  {
    pattern: new RegExp(String.raw`(?<!\d)(\d{1,2})[.,/\-\s](\d{1,2})[.,/\-\s]${YEAR}`, 'giu'),
    parts: (day, month, year) => [year, month, day],
    certain: true,
  },
  {
    pattern: /(?<!\d)(\d{4})[.,/\-\s](\d{1,2})[.,/\-\s](\d{1,2})(?!\d)/gu,
    parts: (year, month, day) => [year, month, day],
    certain: true,
  },
  {
    pattern: new RegExp(String.raw`(?<!\d)(\d{2})(\d{2})${YEAR}`, 'giu'),
    parts: (day, month, year) => [year, month, day],
    certain: false,
  },
  {
    pattern: /(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)/gu,
    parts: (year, month, day) => [year, month, day],
    certain: false,
  },
]
const numberPatterns: readonly { pattern: RegExp; system: Identifier['system'] }[] = [
  { pattern: /(?<!\d)\d{4}[\s-]?\d{4}[\s-]?\d{4}[\s-]?\d{4}(?!\d)/gu, system: 'enp' },
  { pattern: /(?<!\d)\d{12}(?!\d)/gu, system: 'inn' },
  { pattern: /(?<!\d)\d{3}[\s-]?\d{3}[\s-]?\d{3}[\s-]?\d{2}(?!\d)/gu, system: 'snils' },
]
const yearPattern = new RegExp(String.raw`(?<!\d)((?:19|20)\d{2})(?!\d)${BORN}`, 'giu')

/**
 * Reads a line of search: numbers and dates in any usual form wherever they stand, the rest as words of a name. `today`
 * ('YYYY-MM-DD') bounds two-digit years: nobody was born ahead of it.
 */
export function readSearchQuery(line: string, today: string): SearchQuery {
  // «12ю04ю1985» is a date typed with the dot of the other layout.
  let rest = line.normalize('NFC').replace(/(?<=\d)ю(?=\d)/giu, '.')
  const numbers: Identifier[] = []
  for (const { pattern, system } of numberPatterns)
    rest = rest.replace(pattern, (text) => {
      numbers.push({ system, value: text.replace(/\D/g, '') })
      return ' '
    })
  const dates = takeDates(rest, today)
  let year: number | undefined
  const words = dates.rest.replace(yearPattern, (_text, digits: string) => {
    year ??= Number(digits)
    return ' '
  })
  const { days } = dates
  return {
    numbers,
    days,
    year: days.length > 0 ? undefined : year,
    readings: readingsOf(words),
    hasWrongDate: dates.hasWrong,
  }
}

function takeDates(line: string, today: string): { days: string[]; rest: string; hasWrong: boolean } {
  const days: string[] = []
  let hasWrong = false
  let rest = line
  for (const { pattern, parts, certain } of dateForms)
    rest = rest.replace(pattern, (text, a: string, b: string, c: string) => {
      const found = daysOf(...parts(a, b, c), today)
      if (found.length === 0 && !certain) return text
      if (found.length === 0) hasWrong = true
      days.push(...found)
      return ' '
    })
  return { days: [...new Set(days)], rest, hasWrong }
}

/** Days that a day, a month and a year of two or four digits may mean; none when there is no such day. */
function daysOf(year: string, month: string, day: string, today: string): string[] {
  const years = year.length === 4 ? [year] : [`20${year}`, `19${year}`]
  return years
    .map((y) => `${y}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
    .filter((text) => isPlainDate(text) && Number(text.slice(0, 4)) >= OLDEST_YEAR)
    .filter((text) => year.length === 4 || text <= today)
}

/** Words of the line as typed, then as the same keys give them in the other layout. */
function readingsOf(text: string): string[][] {
  const typed = nameWords(text)
  if (typed.length === 0) return []
  const swapped = nameWords(inOtherLayout(text))
  return [typed, swapped].filter((words) => words.length > 0).map((words) => words.slice(0, MOST_WORDS))
}
