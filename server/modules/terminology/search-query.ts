import { inOtherLayout } from '../../platform/keyboard-layout.ts'
import { editsBetween, forgivenEdits } from './misspelling.ts'
import { codeKey, hasRussian, plainWords } from './plain-words.ts'
import { stemOf, withoutEnding } from './stem.ts'

/** A piece of the query between spaces, read as typed and as typed in the other keyboard layout. */
export type Piece = { readings: readonly (readonly string[])[] }

/** What a person typed: words to look for, and codes it may be the beginning of (`whole`: only a code itself). */
export type Query = { pieces: readonly Piece[]; codes: readonly string[]; whole: boolean }

/** A word of the directory that an asked word may mean. `nearness`: 1 the word itself … 0 nothing in common. */
export type Meaning = { word: string; uses: number; nearness: number }

/**
 * One asked word with everything it may mean. An optional one (a preposition) only helps to order what is found; an
 * unfinished one, the last, is still being typed.
 */
export type Slot = { meanings: readonly Meaning[]; optional: boolean; unfinished: boolean }

/** A word found in the directory for an asked one. */
export type FoundWord = { asked: string; word: string; stem: string; uses: number }

/** Nearness of the word itself and its forms. */
export const SAME = 0.95
/** Nearness of what counts as found, not guessed: the word, a form of it, or a word that begins with it. */
export const SURE = 0.5

const PREPOSITIONS = new Set('в во и на с со у о об от до по при для за из к ко под над или а'.split(' '))
/** Pieces of a query that are looked at: longer ones are pasted text. */
const MANY_PIECES = 10

/** Reads a query. A query that looks like one code with spaces («J 20», «A01 01») is taken as that code. */
export function readQuery(text: string): Query {
  const spaced = /^\s*\p{L}{1,2}[\s.\d]*\d[\s.\d]*$/u.test(text) ? text.replace(/\s/g, '') : text
  const parts = spaced.split(/\s+/).filter((part) => part !== '')
  const pieces = parts
    .slice(0, MANY_PIECES)
    .map((part) => ({ readings: readingsOf(part) }))
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

/** How near a found word is to the asked one: itself, a form of it, or one that begins with it. */
export function nearnessOf(asked: string, word: string, stem: string): number {
  if (word === asked) return 1
  if (stem === stemOf(asked) || word === withoutEnding(asked)) return SAME
  if (word.startsWith(asked)) return 0.6 + (0.3 * asked.length) / word.length
  return SURE
}

/** Meanings of each asked word among words that were found by beginning and form. A number only means itself. */
export function sureMeanings(found: readonly FoundWord[]): Map<string, Meaning[]> {
  const meanings = new Map<string, Meaning[]>()
  for (const { asked, word, stem, uses } of found) {
    if (/^\d+$/.test(asked) && word !== asked) continue
    const known = meanings.get(asked) ?? []
    if (!known.some((meaning) => meaning.word === word))
      known.push({ word, uses, nearness: nearnessOf(asked, word, stem) })
    meanings.set(asked, known)
  }
  return meanings
}

/** Edits that make the asked word into a found one, or, half an edit worse, into the beginning of it with one slip. */
function editsTo(asked: string, word: string): number {
  const most = forgivenEdits(asked.length)
  const whole = editsBetween(asked, word, most)
  const begun = asked.length < 5 ? 2 : editsBetween(asked, word, 1, true)
  return Math.min(whole > most ? Infinity : whole, begun > 1 ? Infinity : begun + 0.5)
}

/** Meanings of a word with typing errors: the words with the fewest edits, and their other forms. */
export function guessedMeanings(asked: string, alike: readonly FoundWord[]): Meaning[] {
  const measured = alike
    .map((found) => ({ ...found, edits: editsTo(asked, found.word) }))
    .filter((found) => found.edits < Infinity)
  const fewest = Math.min(...measured.map((found) => found.edits))
  const best = new Set(measured.filter((found) => found.edits === fewest).map((found) => found.stem))
  return measured
    .filter((found) => best.has(found.stem))
    .map(({ word, uses, edits }) => ({ word, uses, nearness: 0.45 - 0.1 * edits }))
}

const nearest = (meanings: readonly Meaning[] | undefined): number =>
  Math.max(0, ...(meanings ?? []).map((meaning) => meaning.nearness))

/** How well a reading is understood: as well as its least understood word. */
const understanding = (words: readonly string[], meanings: ReadonlyMap<string, readonly Meaning[]>): number =>
  Math.min(...words.map((word) => nearest(meanings.get(word))))

/** Words that have to be guessed, because no reading of their piece is understood for sure. */
export const wordsToGuess = (query: Query, meanings: ReadonlyMap<string, readonly Meaning[]>): string[] => [
  ...new Set(
    query.pieces
      .filter((piece) => !piece.readings.some((words) => words.every((word) => nearest(meanings.get(word)) >= SURE)))
      .flatMap((piece) => piece.readings.flat())
      .filter((word) => forgivenEdits(word.length) > 0 && !meanings.has(word) && !/^\d+$/.test(word)),
  ),
]

/** Chooses for each piece the reading that is understood best (as typed, when equal) and gives a slot for each word of it. */
export function slotsOf(query: Query, meanings: ReadonlyMap<string, readonly Meaning[]>): Slot[] {
  const slots = query.pieces.flatMap((piece) => {
    const best = piece.readings.reduce((a, b) => (understanding(b, meanings) > understanding(a, meanings) ? b : a))
    return best.map((word) => ({ meanings: meanings.get(word) ?? [], optional: PREPOSITIONS.has(word) }))
  })
  const known = slots
    .map((slot, i) => ({ ...slot, unfinished: i === slots.length - 1 }))
    .filter((slot) => slot.meanings.length > 0)
  return known.every((slot) => slot.optional) ? known.map((slot) => ({ ...slot, optional: false })) : known
}
