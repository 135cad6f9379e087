// Checks and spellings of the values that people type: pure functions, no schemas. values.ts re-exports them; the web
// imports this file alone, because values.ts would bring the schema library along.

/** Digits of a string, everything else dropped: «112-233-445 95» → «11223344595». */
export const digitsOf = (text: string): string => text.replace(/\D/g, '')

/**
 * Whether 11 digits are a СНИЛС with right check digits. Numbers up to 001-001-998 carry no check digits.
 * Source: ПФР rule for the страховой номер: Σ digit × (9 − position), mod 101, 100 → 00.
 */
export function isSnils(value: string): boolean {
  if (!/^\d{11}$/.test(value)) return false
  const number = Number(value.slice(0, 9))
  if (number === 0) return false
  if (number <= 1_001_998) return true
  const sum = Array.from(value.slice(0, 9)).reduce((total, digit, i) => total + Number(digit) * (9 - i), 0)
  return (sum % 101) % 100 === Number(value.slice(9))
}

/** Check digits for the first 9 digits of a СНИЛС (used by generators of demo data). */
export function snilsCheckDigits(nine: string): string {
  const sum = [...nine].reduce((total, digit, i) => total + Number(digit) * (9 - i), 0)
  return String((sum % 101) % 100).padStart(2, '0')
}

/** «11223344595» → «112-233-445 95»; anything that is not 11 digits is returned as it is. */
export const formatSnils = (value: string): string => value.replace(/^(\d{3})(\d{3})(\d{3})(\d{2})$/, '$1-$2-$3 $4')

/** Check digit of an ЕНП (single ОМС policy number): Luhn (HL7 Mod10) over the first 15 digits. */
export function enpCheckDigit(fifteen: string): string {
  const sum = [...fifteen].reverse().reduce((total, digit, i) => {
    const n = Number(digit) * (i % 2 === 0 ? 2 : 1)
    return total + (n > 9 ? n - 9 : n)
  }, 0)
  return String((10 - (sum % 10)) % 10)
}

/** Whether 16 digits are an ЕНП with a right check digit. */
export const isEnp = (value: string): boolean =>
  /^\d{16}$/.test(value) && enpCheckDigit(value.slice(0, 15)) === value[15]

/** Whether 12 digits are a person's ИНН with right check digits (Приказ ФНС ЕД-7-14/559@). */
export function isInn(value: string): boolean {
  if (!/^\d{12}$/.test(value)) return false
  const digit = (weights: number[]) => (weights.reduce((sum, w, i) => sum + w * Number(value[i]), 0) % 11) % 10
  return (
    digit([7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) === Number(value[10]) &&
    digit([3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) === Number(value[11])
  )
}

/** Whether 'YYYY-MM-DD' is a day that exists (31.02 does not). */
export function isPlainDate(value: string): boolean {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value)
  if (!m) return false
  const [year, month, day] = [Number(m[1]), Number(m[2]), Number(m[3])]
  if (year < 1800 || year > 2200 || month < 1 || month > 12 || day < 1) return false
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** Whether the text is an instant in ISO 8601 with a zone: '2026-03-02T09:15:00Z' or '…+07:00'. */
const isInstant = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/.test(value) &&
  isPlainDate(value.slice(0, 10)) &&
  !Number.isNaN(Date.parse(value))

/** Whether the text is a UUID in lower case. */
export const isId = (value: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(value)

/**
 * Formats that JSON Schema does not know, each with its check and the sentence a person reads when it fails.
 * The server registers them with its validator; forms in the web use the same checks before sending.
 */
export const valueFormats: Readonly<Record<string, { check: (value: string) => boolean; message: string }>> = {
  snils: { check: isSnils, message: 'СНИЛС не проходит проверку: проверьте цифры, в номере опечатка' },
  enp: { check: isEnp, message: 'Номер полиса ОМС не проходит проверку: должно быть 16 цифр, проверьте опечатку' },
  inn: { check: isInn, message: 'ИНН не проходит проверку: должно быть 12 цифр, проверьте опечатку' },
  'plain-date': { check: isPlainDate, message: 'Такой даты нет в календаре' },
  instant: { check: isInstant, message: 'Время указано неверно' },
  id: { check: isId, message: 'Неверный идентификатор' },
}
