import { digitsOf, isEnp, isInn, isSnils } from '../../../contracts/formats.ts'
import { readDate } from './read-date.ts'

// СНИЛС is often written with a blank inside, so it is looked for before a line is cut into words.
const snilsLike = /\b\d{3}[- ]?\d{3}[- ]?\d{3}[- ]?\d{2}\b/g

export type PersonDraft = {
  lastName: string
  firstName: string
  middleName: string
  birthDate: string
  snils: string
  enp: string
  inn: string
}

const capitalised = (word: string) =>
  word
    .split('-')
    .map((part) => part.charAt(0).toLocaleUpperCase('ru') + part.slice(1).toLocaleLowerCase('ru'))
    .join('-')

/**
 * What a line typed to search by says of a person who was not found, so that it is not typed twice: «иванова анна
 * 12.03.1985 112-233-445 95». Numbers count only with right check digits; names must be letters.
 */
export function personFromLine(line: string, today: string): Partial<PersonDraft> {
  const found: Partial<PersonDraft> = {}
  const rest = line.replace(snilsLike, (text) => {
    const digits = digitsOf(text)
    if (!isSnils(digits)) return text
    found.snils = digits
    return ' '
  })
  const names: string[] = []
  for (const word of rest.split(/[\s,;]+/)) {
    const day = readDate(word, today)
    if (day) found.birthDate = day
    else if (isEnp(word)) found.enp = word
    else if (isInn(word)) found.inn = word
    else if (/^[а-яё-]{2,}$/i.test(word)) names.push(capitalised(word))
  }
  const [lastName, firstName, ...middle] = names
  return {
    ...found,
    ...(lastName && { lastName }),
    ...(firstName && { firstName }),
    ...(middle.length > 0 && { middleName: middle.join(' ') }),
  }
}

/**
 * Whether eleven digits of a line look like СНИЛС and cannot be one: nobody will ever be found by them. A telephone
 * (7…, 8…) is no such number.
 */
export const hasMistypedSnils = (line: string): boolean =>
  (line.match(snilsLike) ?? []).some((text) => !/^[78]\d{10}$/.test(text) && !isSnils(digitsOf(text)))
