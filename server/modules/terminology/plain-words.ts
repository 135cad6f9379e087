/** Latin letters that look like a Russian one, lower case. Names and queries mix them up: «витамин В12», «гепатит C». */
const LATIN = 'abcehkmoptxy'
const RUSSIAN = 'авсенкмортху'
const toRussian = new Map([...LATIN].map((letter, i) => [letter, RUSSIAN[i]!]))
const toLatin = new Map([...RUSSIAN].map((letter, i) => [letter, LATIN[i]!]))

const fold = (text: string, letters: ReadonlyMap<string, string>): string =>
  Array.from(text, (letter) => letters.get(letter) ?? letter).join('')

/**
 * The words of a text in the one form that search compares: lower case, ё as е, Latin look-alikes as Russian letters,
 * no stress marks or punctuation. The same text always gives the same words, and plain words give themselves.
 */
export function plainWords(text: string): string[] {
  const bare = text.normalize('NFKC').toLowerCase().normalize('NFKC').replaceAll('ё', 'е').replace(/\p{M}/gu, '')
  return (fold(bare, toRussian).match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length <= LONGEST_WORD)
}
/** Longer runs of letters are not words, and an index entry has to fit a page. */
const LONGEST_WORD = 100

/** A code without what people leave out or type otherwise: «j20.9», «J 209» and «Ј20.9» with Russian letters are 'J209'. */
export const codeKey = (code: string): string =>
  fold(code.normalize('NFKC').toLowerCase(), toLatin)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase()

/** Whether any letter of the text is Russian. */
export const hasRussian = (text: string): boolean => /\p{Script=Cyrillic}/u.test(text)
