import { sql, type RawBuilder } from 'kysely'
import type { Concept } from '../../../contracts/terminology.ts'
import type { Work } from '../../platform/work.ts'
import type { AlikeWord, LookedUp, Slot } from './search-query.ts'
import { stemOf, withoutEnding } from './stem.ts'

/** After every text that begins with the given one, in the "C" order of the columns. */
const LAST = '\u{10FFFF}'
/** Shorter beginnings of a word find too much to stand for its other forms. */
const SHORTEST_ROOT = 4

const rootOf = (word: string): string => (withoutEnding(word).length >= SHORTEST_ROOT ? withoutEnding(word) : word)

/** What the directory has for each asked word. */
export async function lookUp(work: Work, oid: string, asked: readonly string[]): Promise<LookedUp[]> {
  const { rows } = await sql<LookedUp>`
    select q.asked, q.root, coalesce(f.forms, '{}') as forms, coalesce(f.uses, 0) as "formUses",
      coalesce((select sum(uses)::int from terminology.word
        where oid = ${oid} and word >= q.root and word < q.root || ${LAST}), 0) as "beginUses"
    from unnest(${[...asked]}::text[], ${asked.map(stemOf)}::text[], ${asked.map(rootOf)}::text[]) as q (asked, stem, root)
    cross join lateral (
      select array_agg(word) as forms, sum(uses)::int as uses from terminology.word
      where oid = ${oid} and (stem = q.stem or word = q.root)
    ) f`.execute(work.db)
  return rows
}

/** Words of the directory that share letters with an asked word, at most 40 for each, the most alike first. */
export async function findWordsAlike(work: Work, oid: string, asked: readonly string[]): Promise<AlikeWord[]> {
  const threshold = sql`set local pg_trgm.similarity_threshold = 0.2`.execute(work.db)
  const found = sql<AlikeWord>`
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

/** Plain words are letters and digits only, so quotes around them are enough. */
const anyOf = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(' | ')
const queryOf = ({ words, begins }: Slot): string =>
  [anyOf(words), begins === undefined ? '' : `'${begins}':*`].filter(Boolean).join(' | ')

/** Worth of a slot where only the beginning of a word or a guess was met; little less when it is still being typed. */
const lesser = (slot: Slot): number => (slot.unfinished ? 0.9 : 0.5)
/** A rare word says more than one that stands in every second name. */
const weightOf = (slot: Slot): number => 1 / (1 + Math.log10(1 + slot.uses))

/** What a slot adds to a term's order. A slot that `every` found term has is not looked for again. */
function worthOf(slot: Slot, every: boolean): RawBuilder<unknown> {
  const weight = weightOf(slot)
  const less = sql`${weight * lesser(slot)}::float8`
  const rest = every ? less : sql`case when words @@ ${queryOf(slot)}::tsquery then ${less} else 0 end`
  return sql`case when words @@ ${anyOf(slot.words)}::tsquery then ${weight}::float8 else ${rest} end`
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
  const required = slots.filter((slot) => !slot.optional).map((slot) => `(${queryOf(slot)})`)
  const worth = slots.map((slot) => worthOf(slot, !any && !slot.optional))
  const { rows } = await sql<Concept>`
    select oid, version, code, name from terminology.term
    where oid = ${oid} and words @@ ${required.join(any ? ' | ' : ' & ')}::tsquery
    order by (${sql.join(worth, sql` + `)}) * (case when is_common then 1.2::float8 else 1 end) desc, place
    limit ${limit}`.execute(work.db)
  return rows
}

/** The first terms that have a meaning of the slot, by place: for a word of thousands, where ordering all is in vain. */
export async function firstTermsWith(work: Work, oid: string, slot: Slot, limit: number): Promise<Concept[]> {
  const { rows } = await sql<Concept>`
    select oid, version, code, name from terminology.term
    where oid = ${oid} and words @@ ${queryOf(slot)}::tsquery order by place limit ${limit}`.execute(work.db)
  return rows
}

/** The first terms of a directory, by place. */
export async function firstTerms(work: Work, oid: string, limit: number): Promise<Concept[]> {
  const { rows } = await sql<Concept>`
    select oid, version, code, name from terminology.term where oid = ${oid} order by place limit ${limit}`.execute(
    work.db,
  )
  return rows
}
