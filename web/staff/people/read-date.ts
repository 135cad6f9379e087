import { isPlainDate } from '../../../contracts/formats.ts'

/** «12.03.1985», «12.3.85», «12031985», «12-03-1985» as 'YYYY-MM-DD'; undefined for what is no day of the calendar. */
export function readDate(text: string, today: string): string | undefined {
  const trimmed = text.trim()
  const parts =
    /^(\d{1,2})[.\-/, ](\d{1,2})[.\-/, ](\d{4}|\d{2})$/.exec(trimmed) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(trimmed)
  if (!parts) return undefined
  const [, date = '', month = '', year = ''] = parts
  const day = `${fullYear(year, today)}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  return isPlainDate(day) ? day : undefined
}

/** Two digits are the latest year that has come: «85» is 1985, «26» is this year. */
function fullYear(year: string, today: string): string {
  if (year.length === 4) return year
  const century = Number(today.slice(0, 2))
  return `${Number(year) > Number(today.slice(2, 4)) ? century - 1 : century}${year}`
}

/**
 * Digits of a date as they are typed, with the dots put in: «12031985» → «12.03.1985». What was typed with separators is
 * left as it is, and so is what is being deleted.
 */
export function withDots(typed: string, before: string): string {
  // The dot is there already; whoever types it as well means the same one.
  const text = typed.replace(/\.\.$/, '.')
  const dotsInPlace = /^[\d.]*$/.test(text) && [...text].every((c, i) => c !== '.' || i === 2 || i === 5)
  if (text.length < before.length || !dotsInPlace) return text
  const digits = text.replaceAll('.', '')
  const parts = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 8)].filter(Boolean)
  return parts.join('.') + (digits.length === 2 || digits.length === 4 ? '.' : '')
}
