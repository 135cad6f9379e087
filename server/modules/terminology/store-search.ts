import { sql, type RawBuilder } from 'kysely'
import type { Concept } from '../../../contracts/terminology.ts'
import type { Work } from '../../platform/work.ts'
import { SAME, type FoundWord, type Slot } from './search-query.ts'
import { stemOf, withoutEnding } from './stem.ts'

/** After every text that begins with the given one, in the "C" order of the columns. */
const LAST = '\u{10FFFF}'
/** Beginnings shorter than this find too much to be a shortened form of a word. */
const SHORTEST_STEM = 4

/**
 * Words of the directory that are an asked word, a form of it, or begin with it (or with its stem); for each asked word
 * at most 200 beginnings, the most used first.
 */
export async function findWords(work: Work, oid: string, asked: readonly string[]): Promise<FoundWord[]> {
  const stems = asked.map(stemOf)
  const roots = asked.map((word) => (withoutEnding(word).length >= SHORTEST_STEM ? withoutEnding(word) : word))
  const { rows } = await sql<FoundWord>`
    select q.asked, w.word, w.stem, w.uses
    from unnest(${[...asked]}::text[], ${stems}::text[], ${roots}::text[]) as q (asked, stem, root)
    cross join lateral (
      (select word, stem, uses from terminology.word where oid = ${oid} and stem = q.stem)
      union
      (select word, stem, uses from terminology.word
        where oid = ${oid} and word >= q.root and word < q.root || ${LAST} order by uses desc, word limit 200)
    ) w`.execute(work.db)
  return rows
}

/** Words of the directory that share letters with an asked word, at most 40 for each, the most alike first. */
export async function findWordsAlike(work: Work, oid: string, asked: readonly string[]): Promise<FoundWord[]> {
  const threshold = sql`set local pg_trgm.similarity_threshold = 0.2`.execute(work.db)
  const found = sql<FoundWord>`
    select q.asked, w.word, w.stem, w.uses
    from unnest(${[...asked]}::text[]) as q (asked)
    cross join lateral (
      select word, stem, uses from terminology.word
      where oid = ${oid} and word % q.asked
      order by similarity(word, q.asked) desc, uses desc limit 40
    ) w`.execute(work.db)
  await threshold
  return (await found).rows
}

/** Terms whose code begins with one of the given keys (or, when `whole`, is it): exact ones first, then by code. */
export async function termsByCode(
  work: Work,
  oid: string,
  keys: readonly string[],
  whole: boolean,
  limit: number,
): Promise<Concept[]> {
  const begins = (key: string) => sql`code_key >= ${key} and code_key < ${key + LAST}`
  const matches = whole ? sql`code_key = any(${[...keys]}::text[])` : sql`(${sql.join(keys.map(begins), sql` or `)})`
  const { rows } = await sql<Concept>`
    select oid, version, code, name from terminology.term where oid = ${oid} and ${matches}
    order by code_key <> all(${[...keys]}::text[]), is_common desc, code limit ${limit}`.execute(work.db)
  return rows
}

const listOf = (words: readonly string[]): RawBuilder<unknown> => sql`${[...words]}::text[]`
const wordsIn = (slot: Slot): string[] => slot.meanings.map((meaning) => meaning.word)

/** A rare word says more than one that stands in every second name. */
const weightOf = (slot: Slot): number =>
  1 / (1 + Math.log10(1 + slot.meanings.reduce((sum, meaning) => sum + meaning.uses, 0)))

/**
 * What a slot adds to a term's order: its weight, less when only the beginning of a word or a guess was met; little
 * less when the word is still being typed.
 */
function worthOf(slot: Slot): RawBuilder<unknown> {
  const itself = slot.meanings.filter((meaning) => meaning.nearness >= SAME).map((meaning) => meaning.word)
  const weight = weightOf(slot)
  return sql`case when words && ${listOf(itself)} then ${weight}::float8
    when words && ${listOf(wordsIn(slot))} then ${weight * (slot.unfinished ? 0.9 : 0.5)}::float8 else 0 end`
}

/**
 * Terms that have a meaning of every slot (of `any` slot when asked so), best first: what was met exactly or is often
 * used, then the shorter name. Optional slots only order.
 */
export async function termsByWords(
  work: Work,
  oid: string,
  slots: readonly Slot[],
  any: boolean,
  limit: number,
): Promise<Concept[]> {
  const required = slots.filter((slot) => !slot.optional)
  const matches = any
    ? sql`words && ${listOf(required.flatMap(wordsIn))}`
    : sql.join(
        required.map((slot) => sql`words && ${listOf(wordsIn(slot))}`),
        sql` and `,
      )
  const { rows } = await sql<Concept>`
    select oid, version, code, name from terminology.term where oid = ${oid} and ${matches}
    order by (${sql.join(slots.map(worthOf), sql` + `)}) * (case when is_common then 1.2 else 1 end) desc,
      is_common desc, length(name), code
    limit ${limit}`.execute(work.db)
  return rows
}

/** The first terms of a directory: those often used, then by code. */
export async function firstTerms(work: Work, oid: string, limit: number): Promise<Concept[]> {
  const { rows } = await sql<Concept>`
    select oid, version, code, name from terminology.term where oid = ${oid} order by is_common desc, code limit ${limit}`.execute(
    work.db,
  )
  return rows
}
