import type { PatientRow } from '../../../contracts/patients.ts'
import { Invalid } from '../../../contracts/problems.ts'
import { Problem } from '../../platform/problem.ts'
import type { Actor, Work } from '../../platform/work.ts'
import { todayOf } from './ages.ts'
import { fullName } from './names.ts'
import { slipsBetween } from './near-words.ts'
import { asRow, forCallCentre } from './patient.ts'
import { readSearchQuery, type SearchQuery } from './search-query.ts'
import { findByNumbers, findSought, wordsBeginning, wordsNear, type FoundPatient } from './store-search.ts'

/** People of one answer: whoever is not among them is found by typing more, not by turning pages. */
const SHOWN = 20
/** People ranked for an answer; common words have more, and then they say little. */
const RANKED = 100
/** Words that a beginning may be finished to. */
const FINISHED = 300

type Found = { patients: PatientRow[]; more: boolean }
type Scope = { attachedTo: string | undefined }

/**
 * People who may be meant by one line: any parts of a name in any order, a birth date in any usual form, a СНИЛС, ЕНП or
 * ИНН (a number decides alone). First whole words and beginnings as typed, then as the other keyboard layout would have
 * given them; only when nobody fits, words with one slip of the finger each. A registrar finds everybody of the region; a
 * doctor whom their organisation has attached. Everybody shown is noted. Throws Invalid for a day that does not exist.
 */
export async function searchPatients(work: Work, line: string): Promise<Found> {
  const query = readSearchQuery(line, todayOf(work))
  if (query.hasWrongDate) throw new Problem(Invalid, { fields: [{ path: 'q', message: 'Такой даты нет в календаре' }] })
  const scope = scopeOf(work.actor)
  const found = scope ? await find(work, query, scope) : { patients: [], more: false }
  const grounds = scope?.attachedTo === undefined ? 'registration' : 'attachment'
  work.note({ patientIds: found.patients.map((p) => p.id), grounds })
  return work.actor.role === 'call-centre' ? { ...found, patients: found.patients.map(forCallCentre) } : found
}

function scopeOf(actor: Actor): Scope | undefined {
  if (actor.role === 'registrar' || actor.role === 'call-centre' || actor.role === 'administrator')
    return { attachedTo: undefined }
  return actor.organizationId ? { attachedTo: actor.organizationId } : undefined
}

async function find(work: Work, query: SearchQuery, scope: Scope): Promise<Found> {
  if (query.numbers.length > 0)
    return { patients: (await findByNumbers(work, query.numbers, scope.attachedTo)).map(asRow), more: false }
  if (query.readings.length === 0) return bornThen(work, query, scope)
  for (const words of query.readings) {
    const found = await asTyped(work, words, query, scope)
    if (found.length > 0) return ranked(found, words)
  }
  for (const words of query.readings) {
    const found = await withSlips(work, words, query, scope)
    if (found.length > 0) return ranked(found, words)
  }
  return { patients: [], more: false }
}

async function bornThen(work: Work, query: SearchQuery, scope: Scope): Promise<Found> {
  if (query.days.length === 0) return { patients: [], more: false }
  return ranked(await findSought(work, { words: [], initials: [], born: query, ...scope }, RANKED), [])
}

/** Those who have each word whole; when they are few, also those who have words that begin so. */
async function asTyped(work: Work, typed: readonly string[], born: SearchQuery, scope: Scope): Promise<FoundPatient[]> {
  const whole = await findSought(work, { words: typed.map((w) => [w]), initials: [], born, ...scope }, RANKED)
  if (whole.length >= SHOWN) return whole
  const { long, initials } = byLength(typed)
  const finished = await wordsBeginning(work, long, FINISHED)
  const words = long.map((word) => finished.get(word) ?? [])
  if (words.some((alternatives) => alternatives.length === 0)) return whole
  if (words.length === 0 && born.days.length === 0) return whole
  const begun = await findSought(work, { words, initials, born, ...scope }, RANKED)
  return [...new Map([...whole, ...begun].map((patient) => [patient.id, patient])).values()]
}

/** Those whose words differ from the typed ones by a slip each. */
async function withSlips(
  work: Work,
  typed: readonly string[],
  born: SearchQuery,
  scope: Scope,
): Promise<FoundPatient[]> {
  const { long, initials } = byLength(typed)
  if (long.length === 0) return []
  const near = await wordsNear(work, long)
  const words = long.map((word) => near.filter((other) => slipsBetween(word, other) <= 1))
  if (words.some((alternatives) => alternatives.length === 0)) return []
  return findSought(work, { words, initials, born, ...scope }, RANKED)
}

/** A single letter is an initial; it narrows and does not find. */
const byLength = (words: readonly string[]): { long: string[]; initials: string[] } => ({
  long: words.filter((word) => word.length > 1),
  initials: words.filter((word) => word.length === 1),
})

/** Nearest first: whole words before beginnings before slips, the first typed word as the surname; then by name and age. */
function ranked(found: readonly FoundPatient[], typed: readonly string[]): Found {
  const measured = found
    .map((patient) => ({ patient, name: fullName(patient), far: farness(typed, patient.words) }))
    .filter(({ far }) => far < Infinity)
  measured.sort(
    (a, b) =>
      a.far - b.far ||
      inRussian.compare(a.name, b.name) ||
      (a.patient.birthDate < b.patient.birthDate ? -1 : a.patient.birthDate > b.patient.birthDate ? 1 : 0),
  )
  return {
    patients: measured.slice(0, SHOWN).map(({ patient }) => asRow(patient)),
    more: found.length >= RANKED || measured.length > SHOWN,
  }
}

const inRussian = new Intl.Collator('ru')

/**
 * How far what was typed is from a name, each typed word taken for another word of it: 0 for the whole words with the
 * surname first, Infinity when a word is left without a partner («Иванов И.» is not «Иванова Мария»).
 */
function farness(typed: readonly string[], words: readonly string[]): number {
  const far = (asked: string, word: string): number => {
    if (word === asked) return 0
    if (word.startsWith(asked)) return 2
    return asked.length > 1 && slipsBetween(asked, word) <= 1 ? 4 : Infinity
  }
  // Longest first: what a longer beginning fits, a shorter one fits as well, so nobody takes another's only partner.
  const longestFirst = typed.toSorted((a, b) => b.length - a.length)
  const left = [...words]
  let sum = typed[0] === words[0] ? 0 : 1
  for (const asked of longestFirst) {
    const measured = left.map((word) => far(asked, word))
    const nearest = Math.min(...measured)
    sum += nearest
    left.splice(measured.indexOf(nearest), 1)
  }
  return sum
}
