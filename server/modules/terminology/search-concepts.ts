import type { Concept } from '../../../contracts/terminology.ts'
import { NotFound } from '../../../contracts/problems.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import {
  guessedMeaning,
  readQuery,
  slotsOf,
  sureMeaning,
  wordsOf,
  wordsToGuess,
  type Meaning,
  type Query,
  type Slot,
} from './search-query.ts'
import * as search from './store-search.ts'
import { findCurrentVersion } from './store.ts'

const LIMIT = 20
/** In how many terms a word may stand to be one of the rare. */
const COMMONPLACE = 2000

/**
 * What of a directory's current version a person may mean by `q`, best first: codes that begin so, then names with all
 * the words, whatever their order, endings and small errors, typed in either keyboard layout; when no name has all,
 * names with some. An empty query gives the first of the directory. Throws NotFound when no version is loaded.
 */
export async function searchConcepts(work: Work, oid: string, q: string, limit = LIMIT): Promise<Concept[]> {
  const query = readQuery(q)
  const [version, byCode, byWords] = await Promise.all([
    findCurrentVersion(work, oid),
    query.codes.length > 0 ? search.termsByCode(work, oid, query.codes, query.whole, limit) : [],
    query.pieces.length > 0 ? findByWords(work, oid, query, limit) : [],
  ])
  if (!version) throw new Problem(NotFound, { detail: `Справочник ${oid} не загружен.` })
  const found = q.trim() === '' ? await search.firstTerms(work, oid, limit) : withoutRepeats([...byCode, ...byWords])
  return found.slice(0, limit)
}

async function findByWords(work: Work, oid: string, query: Query, limit: number): Promise<Concept[]> {
  const slots = slotsOf(query, await meaningsOf(work, oid, query))
  const [slot] = slots
  if (!slot) return []
  if (slots.length === 1 && slot.uses > COMMONPLACE) return search.firstTermsWith(work, oid, slot, limit)
  const withAll = await search.termsByWords(work, oid, slots, false, limit)
  if (withAll.length > 0 || slots.length === 1) return withAll
  return search.termsByWords(work, oid, onlyRareRequired(slots), true, limit)
}

/** What the directory has for the words of a query; typing errors are looked into only where nothing else is found. */
async function meaningsOf(work: Work, oid: string, query: Query): Promise<Map<string, Meaning>> {
  const meanings = new Map<string, Meaning>()
  const learn = (asked: string, meaning: Meaning | undefined) => meaning && meanings.set(asked, meaning)
  for (const found of await search.lookUp(work, oid, wordsOf(query))) learn(found.asked, sureMeaning(found))
  const unknown = wordsToGuess(query, meanings)
  if (unknown.length === 0) return meanings
  const alike = await search.findWordsAlike(work, oid, unknown)
  for (const asked of unknown) {
    const found = alike.filter((word) => word.asked === asked)
    learn(asked, guessedMeaning(asked, found))
  }
  return meanings
}

/** Words that stand everywhere would find everything: they only order what rarer words of the query find. */
function onlyRareRequired(slots: readonly Slot[]): Slot[] {
  const isRare = (slot: Slot) => slot.uses <= COMMONPLACE && !slot.optional
  return slots.some(isRare) ? slots.map((slot) => ({ ...slot, optional: !isRare(slot) })) : [...slots]
}

const withoutRepeats = (found: readonly Concept[]): Concept[] => [
  ...new Map(found.map((concept) => [concept.code, concept])).values(),
]
