/** The parts of a person's name. */
export type PersonName = { lastName: string; firstName: string; middleName: string | null }

/** Latin letters and the Cyrillic ones that look the same. */
const LATIN = 'aceokpxyABCEHKMOPTXY'
const CYRILLIC = 'асеокрхуАВСЕНКМОРТХУ'
const twins = new Map([...LATIN].map((letter, i) => [letter, CYRILLIC[i]!]))
const isMixed = (word: string): boolean => /\p{Script=Cyrillic}/u.test(word) && /\p{Script=Latin}/u.test(word)

/** «Ивaнов» with a Latin «a» looks right and is found by nobody: Latin letters of such a word become their Cyrillic twins. */
const withoutTwins = (text: string): string =>
  text.replace(/[\p{L}\p{M}]+/gu, (word) =>
    isMixed(word) ? word.replace(/[a-z]/gi, (letter) => twins.get(letter) ?? letter) : word,
  )

const hasOtherScript = (text: string): boolean => /[^\p{Script=Cyrillic}\p{Script=Latin}\P{L}]/u.test(text)

// Words that stay small in a name made of one case: «АЛИЕВ РАМИЗ АЛИ ОГЛЫ» → «Али оглы».
const particles = new Set(['оглы', 'кызы', 'оол', 'уулу', 'фон', 'де', 'ван', 'дер', 'ибн', 'бен'])

const capitalised = (word: string): string => {
  const [first = '', ...rest] = [...word.toLowerCase()]
  const capital = first.toUpperCase()
  // «ß» and ligatures have no capital of one letter.
  return (capital.length === first.length ? capital : first) + rest.join('')
}

/**
 * A part of a name as we keep it: one space between words, one kind of hyphen and apostrophe, no blanks around hyphens,
 * Latin letters among Russian ones replaced. A part typed wholly in capitals or wholly small («ИВАНОВ», «иван») gets
 * capitals where they belong; one that has both («МакДональд», «фон Бюлов») is left as typed. Empty when no letter is left.
 */
export function tidyName(text: string): string {
  const plain = withoutTwins(text.normalize('NFC'))
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u2018\u2019\u02bc`´]/g, "'")
    .replace(/\s*-\s*/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
  if (!/\p{L}/u.test(plain)) return ''
  const isOneCase = plain === plain.toUpperCase() || plain === plain.toLowerCase()
  if (!isOneCase || hasOtherScript(plain)) return plain
  const cased = plain.replace(/[\p{L}\p{M}]+/gu, (word, at: number) =>
    at > 0 && particles.has(word.toLowerCase()) ? word.toLowerCase() : capitalised(word),
  )
  return withoutTwins(cased)
}

/** What is wrong with a tidied part of a name; undefined when it is good. */
export function nameFlaw(name: string): string | undefined {
  if (name === '') return 'Напишите буквами'
  if (!/^[\p{L}\p{M}' .()-]+$/u.test(name)) return 'Только буквы, пробел, дефис и апостроф'
  if (name.split(/[^\p{L}\p{M}]+/u).some(isMixed)) return 'Русские и латинские буквы смешаны в одном слове'
  return undefined
}

/**
 * Words of a text as names are compared: lower case, ё→е, accents of Latin letters and apostrophes dropped, anything else
 * that is no letter parts words. «Салтыков-Щедрин» → салтыков, щедрин; «О'Коннор» → оконнор.
 */
export const nameWords = (text: string): string[] =>
  withoutTwins(withoutMarks(text))
    .toLowerCase()
    .replaceAll('ё', 'е')
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word !== '')

/** Without accents of Latin letters and without apostrophes; й and ё keep what makes them letters. */
const withoutMarks = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/([a-z])\p{M}+/giu, '$1')
    .normalize('NFC')
    .replace(/['\u2018\u2019\u02bc`´]/g, '')

/** All words of a name, surname first, with a space between: the text that is kept for comparing. */
export const searchText = (name: PersonName): string =>
  nameWords([name.lastName, name.firstName, name.middleName ?? ''].join(' ')).join(' ')

/** «Петров Пётр Петрович». */
export const fullName = (name: PersonName): string =>
  [name.lastName, name.firstName, name.middleName].filter(Boolean).join(' ')

const isSame = (a: string, b: string): boolean => nameWords(a).join(' ') === nameWords(b).join(' ')

/** Whether two names are one: case, ё/е, hyphens and blanks do not matter; a patronymic that one of them lacks neither. */
export const isSameName = (a: PersonName, b: PersonName): boolean =>
  isSame(a.lastName, b.lastName) &&
  isSame(a.firstName, b.firstName) &&
  (!a.middleName || !b.middleName || isSame(a.middleName, b.middleName))
