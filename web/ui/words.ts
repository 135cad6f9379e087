/** Forms of a Russian noun after 1, 2 and 5: ['запись', 'записи', 'записей']. */
export type Forms = readonly [one: string, few: string, many: string]

/** The form of a noun that goes with the number: 1 запись, 2 записи, 5 записей, 11 записей, 21 запись. */
export function plural(n: number, [one, few, many]: Forms): string {
  const tens = Math.abs(n) % 100
  const ones = tens % 10
  if (tens > 10 && tens < 20) return many
  if (ones === 1) return one
  return ones > 1 && ones < 5 ? few : many
}

const digits = new Intl.NumberFormat('ru')

/** The number with its noun: «1 234 записи». */
export const count = (n: number, forms: Forms): string => `${digits.format(n)}\u00a0${plural(n, forms)}`

/** A telephone as it is written: '+73812345678' or '83812345678' → «+7 381 234-56-78»; others are left as they are. */
export function phoneWords(phone: string): string {
  const m = /^(?:\+7|8)(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(phone.replace(/[\s()-]/g, ''))
  return m ? `+7 ${m[1]} ${m[2]}-${m[3]}-${m[4]}` : phone
}

/** What a `tel:` link dials. */
export const phoneHref = (phone: string): string => `tel:${phone.replace(/[^+\d]/g, '')}`

/** «Иванова Анна Сергеевна» → «Иванова А. С.», held together by no-break spaces. */
export function shortName(name: string): string {
  const [last = '', ...rest] = name.trim().split(/\s+/)
  return [last, ...rest.map((part) => `${part[0]}.`)].join('\u00a0')
}

/** The first letter small, inside a sentence: «Кардиолог» → «кардиолог»; abbreviations stay: «ЛОР», «Врач УЗИ» → «врач УЗИ». */
export const uncapital = (text: string): string =>
  /^\p{Lu}\p{Lu}/u.test(text) ? text : text.charAt(0).toLocaleLowerCase('ru') + text.slice(1)

/** The first letter in capitals: «завтра» → «Завтра». */
export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('ru') + text.slice(1)
