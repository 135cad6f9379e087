/**
 * Endings of Russian nouns and adjectives, longest first. Search only asks whether two words are forms of one, so
 * cutting too much now and then does no harm: an exact word always comes before a shared stem.
 */
const ENDINGS = [
  'иями ями ами ыми ими ого его ому ему иях иям ием ией',
  'ая яя ую юю ой ей ий ый ое ее ые ие ых их ым им ом ем ам ям ах ях ов ев ию ия ии ью ья ье ьи',
  'а я о е ы и у ю ь й',
].flatMap((line) => line.split(' '))

/** What is left of a plain word without its ending; short words keep at least two letters. */
export function withoutEnding(word: string): string {
  for (const ending of ENDINGS) {
    const left = word.length - ending.length
    if (left >= (ending.length > 1 ? 3 : 2) && word.endsWith(ending)) return word.slice(0, left)
  }
  return word
}

/** What forms of one word share: no ending, and no е or о that comes and goes («почка», «почек» → «почк»). */
export const stemOf = (word: string): string =>
  withoutEnding(word).replace(/(?<=.{2}[бвгджзклмнпрстфхцчшщ])[ео](?=[бвгджзклмнпрстфхцчшщ]$)/u, '')
