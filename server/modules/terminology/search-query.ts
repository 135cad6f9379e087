import { inOtherLayout } from '../../platform/keyboard-layout.ts'
import { editsBetween, forgivenEdits } from './misspelling.ts'
import { codeKey, hasRussian, plainWords } from './plain-words.ts'

/** A piece of the query between spaces, read as typed and then as typed in the other keyboard layout. */
type Piece = { readings: readonly (readonly string[])[]; isRussian: boolean }

/** What a person typed: words to look for, and codes it may be the beginning of (`whole`: only a code itself). */
export type Query = { pieces: readonly Piece[]; codes: readonly string[]; whole: boolean }

/** What the directory has for an asked word: its forms, and how many terms have a word that begins with `root`. */
export type LookedUp = { asked: string; root: string; forms: readonly string[]; formUses: number; beginUses: number }

/** A word of the directory that shares letters with an asked one. */
export type AlikeWord = { asked: string; word: string; stem: string; uses: number }

/**
 * What an asked word means in the directory: one of `words`, or a word that begins with `begins`. `uses`: in how many
 * terms. `nearness`: 1 the word itself … 0 nothing in common.
 */
export type Meaning = { words: readonly string[]; begins: string | undefined; uses: number; nearness: number }

/**
 * A meaning to look for. An optional one (a preposition) only helps to order what is found; an unfinished one, the
 * last, is still being typed.
 */
export type Slot = Meaning & { optional: boolean; unfinished: boolean }

/** Nearness from which on a word is found, not guessed. */
const SURE = 0.5
const PREPOSITIONS = new Set('в во и на с со у о об от до по при для за из к ко под над или а'.split(' '))
/** Pieces of a query that are looked at: longer ones are pasted text. */
const MANY_PIECES = 10

/** Reads a query. A query that looks like one code with spaces («J 20», «A01 01») is taken as that code. */
export function readQuery(text: string): Query {
  const spaced = /^\s*\p{L}{1,2}[\s.\d]*\d[\s.\d]*$/u.test(text) ? text.replace(/\s/g, '') : text
  const parts = spaced.split(/\s+/).filter((part) => part !== '')
  const pieces = parts
    .slice(0, MANY_PIECES)
    .map((part) => ({ readings: readingsOf(part), isRussian: hasRussian(part) }))
    .filter((piece) => piece.readings.length > 0)
  return { pieces, codes: codesIn(parts[0] ?? ''), whole: parts.length > 1 }
}

function readingsOf(part: string): string[][] {
  const readings = [plainWords(part), plainWords(inOtherLayout(part))].filter((words) => words.length > 0)
  return readings.length === 2 && readings[0]!.join(' ') === readings[1]!.join(' ') ? [readings[0]!] : readings
}

/** «О20» in Russian letters is O20 by its look and J20 by its keys: both are meant. */
function codesIn(part: string): string[] {
  const keys = [codeKey(part), ...(hasRussian(part) ? [codeKey(inOtherLayout(part))] : [])]
  return [...new Set(keys)].filter((key) => /^[A-Z0-9]+$/.test(key) && /\d|^[A-Z]{1,3}$/.test(key))
}

/** Every distinct word of every reading: what is looked up in the directory. */
export const wordsOf = (query: Query): string[] => [
  ...new Set(query.pieces.flatMap((piece) => piece.readings.flatMap((words) => words))),
]

const isNumber = (word: string): boolean => /^\d+$/.test(word)

/** The meaning of a word that the directory has, has a form of, or has longer words for. A number only means itself. */
export function sureMeaning({ asked, root, forms, formUses, beginUses }: LookedUp): Meaning | undefined {
  const nearness = forms.includes(asked) ? 1 : forms.length > 0 ? 0.95 : SURE
  if (isNumber(asked))
    return nearness === 1 ? { words: [asked], begins: undefined, uses: formUses, nearness } : undefined
  if (beginUses > 0) return { words: forms, begins: root, uses: Math.max(beginUses, formUses), nearness }
  return forms.length > 0 ? { words: forms, begins: undefined, uses: formUses, nearness } : undefined
}

/** Edits that make the asked word into a found one, or, half an edit worse, into the beginning of it with one slip. */
function editsTo(asked: string, word: string): number {
  const most = forgivenEdits(asked.length)
  const whole = editsBetween(asked, word, most)
  const begun = asked.length < 5 ? 2 : editsBetween(asked, word, 1, true)
  return Math.min(whole > most ? Infinity : whole, begun > 1 ? Infinity : begun + 0.5)
}

/** The meaning of a word with typing errors: the words with the fewest edits, and their other forms. */
export function guessedMeaning(asked: string, alike: readonly AlikeWord[]): Meaning | undefined {
  const measured = alike
    .map((found) => ({ ...found, edits: editsTo(asked, found.word) }))
    .filter((found) => found.edits < Infinity)
  if (measured.length === 0) return undefined
  const fewest = Math.min(...measured.map((found) => found.edits))
  const best = new Set(measured.filter((found) => found.edits === fewest).map((found) => found.stem))
  const meant = measured.filter((found) => best.has(found.stem))
  const uses = meant.reduce((sum, found) => sum + found.uses, 0)
  return { words: meant.map((found) => found.word), begins: undefined, uses, nearness: 0.45 - 0.1 * fewest }
}

type Meanings = ReadonlyMap<string, Meaning>

/** How well a reading is understood: as well as its least understood word. */
const understanding = (words: readonly string[], meanings: Meanings): number =>
  Math.min(...words.map((word) => meanings.get(word)?.nearness ?? 0))

/**
 * Words that have to be guessed, because no reading of their piece is understood for sure. Russian words with an error
 * are not taken for Latin ones in the other layout: directories hardly have such.
 */
export const wordsToGuess = (query: Query, meanings: Meanings): string[] => [
  ...new Set(
    query.pieces
      .filter((piece) => !piece.readings.some((words) => understanding(words, meanings) >= SURE))
      .flatMap((piece) => (piece.isRussian ? piece.readings.slice(0, 1) : piece.readings).flat())
      .filter((word) => forgivenEdits(word.length) > 0 && !meanings.has(word) && !isNumber(word)),
  ),
]

/** Chooses for each piece the reading that is understood best (as typed, when equal) and gives a slot for each word of it. */
export function slotsOf(query: Query, meanings: Meanings): Slot[] {
  const words = query.pieces.flatMap((piece) =>
    piece.readings.reduce((a, b) => (understanding(b, meanings) > understanding(a, meanings) ? b : a)),
  )
  const slots = words.flatMap((word, i) => {
    const meaning = meanings.get(word)
    return meaning ? [{ ...meaning, optional: PREPOSITIONS.has(word), unfinished: i === words.length - 1 }] : []
  })
  return slots.every((slot) => slot.optional) ? slots.map((slot) => ({ ...slot, optional: false })) : slots
}
