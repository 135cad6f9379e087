import { sql, type RawBuilder } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { nearKeys } from './near-words.ts'
import type { PatientRecord } from './patient.ts'
import { patientColumns } from './store.ts'
import type { Identifier } from './store-import.ts'

/** A patient as search sees one: with the words of the name. */
export type FoundPatient = PatientRecord & { words: string[] }

/** When people were born: any of these days, or else a year, or else whenever. */
type Born = { days: readonly string[]; year: number | undefined }

/** Who is looked for. Each of `words` is a list of alternatives: a person has at least one word of every list. */
export type Sought = {
  words: readonly (readonly string[])[]
  /** Beginnings too short to be looked up («и», «п»): they only narrow what the rest finds. */
  initials: readonly string[]
  born: Born
  /** Only patients attached to this organisation; undefined: everybody. */
  attachedTo: string | undefined
}

const columns = sql`${patientColumns}, string_to_array(p.name_search, ' ') as words`

const isAttached = (organizationId: string | undefined): RawBuilder<unknown>[] =>
  organizationId === undefined
    ? []
    : [
        sql`exists (select from patients.attachment a
          where a.patient_id = p.patient_id and a.organization_id = ${organizationId} and a.until is null)`,
      ]

function isBorn({ days, year }: Born): RawBuilder<unknown>[] {
  if (days.length > 0) return [sql`p.birth_date = any(${[...days]}::date[])`]
  if (year === undefined) return []
  return [sql`p.birth_date between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date`]
}

/** «А. А.» asks for two words that begin with «а»: the pattern `% а% а%`. */
const beginningsOf = (initials: readonly string[]): string[] =>
  [...new Set(initials)].map(
    (letter) => `%${initials.flatMap((other) => (other === letter ? [` ${letter}%`] : [])).join('')}`,
  )

/**
 * Somebody who fits, at most `limit`, in no order: whoever asks ranks them. How common the words are decides between the
 * indexes, so these statements are planned for their values and never once for all; and always by an index: reading the
 * table until enough fit is quick for a common name, unless all who have it were registered last.
 */
export async function findSought(work: Work, sought: Sought, limit: number): Promise<FoundPatient[]> {
  const conditions = [
    ...sought.words.map((words) => sql`string_to_array(p.name_search, ' ') && ${[...words]}::text[]`),
    ...beginningsOf(sought.initials).map((pattern) => sql`' ' || p.name_search like ${pattern}`),
    ...isBorn(sought.born),
    ...isAttached(sought.attachedTo),
  ]
  const planned = sql`select set_config('plan_cache_mode', 'force_custom_plan', true),
    set_config('enable_seqscan', 'off', true)`.execute(work.db)
  const [{ rows }] = await Promise.all([
    sql<FoundPatient>`select ${columns} from patients.patient p
      where ${sql.join(conditions, sql` and `)} limit ${limit}`.execute(work.db),
    planned,
  ])
  return rows
}

/** People who have one of these numbers. */
export async function findByNumbers(
  work: Work,
  numbers: readonly Identifier[],
  attachedTo: string | undefined,
): Promise<PatientRecord[]> {
  const { rows } = await sql<PatientRecord>`
    select distinct ${patientColumns}
    from unnest(${numbers.map((n) => n.system)}::text[], ${numbers.map((n) => n.value)}::text[]) as n (system, value)
    join patients.identifier i on i.system = n.system and i.value = n.value
    join patients.patient p on p.patient_id = i.patient_id
    where ${sql.join([sql`true`, ...isAttached(attachedTo)], sql` and `)}`.execute(work.db)
  return rows
}

/** Words of names that begin so, for each beginning: itself and the shortest first, at most `limit`. */
export async function wordsBeginning(
  work: Work,
  beginnings: readonly string[],
  limit: number,
): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ beginning: string; words: string[] }>`
    select b.beginning, array(select w.word from patients.name_word w
      where w.word >= b.beginning and w.word < b.beginning || chr(1114109)
      order by length(w.word), w.word limit ${limit}) as words
    from unnest(${[...beginnings]}::text[]) as b (beginning)`.execute(work.db)
  return new Map(rows.map((row) => [row.beginning, row.words]))
}

/** Words of names that may be one of these with a slip of the finger; whoever asks measures them. */
export async function wordsNear(work: Work, words: readonly string[]): Promise<string[]> {
  const keys = [...new Set(words.flatMap(nearKeys))]
  const { rows } = await sql<{ word: string }>`
    select w.word from patients.name_word w where w.near && ${keys}::text[]`.execute(work.db)
  return rows.map((row) => row.word)
}
