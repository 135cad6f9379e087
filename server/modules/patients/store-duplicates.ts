import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { PatientRecord } from './patient.ts'
import { patientColumns } from './store.ts'
import type { Identifier } from './store-import.ts'

/** People looked at by the rules of duplicates. Some 300 are born on a day among five million; 1 January has more. */
const LOOKED_AT = 300

/**
 * People who may turn out to be this one: those born on `days` whose names are alike or have a word in common, the most
 * alike first, and those born on `nearDays` with exactly this name. `name` is the searched text of a name.
 */
export async function findSimilar(
  work: Work,
  { name, days, nearDays }: { name: string; days: readonly string[]; nearDays: readonly string[] },
): Promise<PatientRecord[]> {
  const { rows } = await sql<PatientRecord>`
    (select ${patientColumns} from patients.patient p
      where p.birth_date = any(${[...days]}::date[])
        and (similarity(p.name_search, ${name}) > 0.25
          or string_to_array(p.name_search, ' ') && string_to_array(${name}, ' '))
      order by similarity(p.name_search, ${name}) desc, p.patient_id limit ${LOOKED_AT})
    union all
    (select ${patientColumns} from patients.patient p
      where p.birth_date = any(${[...nearDays]}::date[]) and p.name_search = ${name} limit ${LOOKED_AT})`.execute(
    work.db,
  )
  return rows
}

/** Whose these numbers are, of those that are somebody's. */
export async function findOwners(
  work: Work,
  identifiers: readonly Identifier[],
): Promise<(Identifier & { ownerId: string })[]> {
  if (identifiers.length === 0) return []
  const { rows } = await sql<Identifier & { ownerId: string }>`
    select i.system, i.value, i.patient_id as "ownerId"
    from unnest(${identifiers.map((i) => i.system)}::text[], ${identifiers.map((i) => i.value)}::text[]) as n (system, value)
    join patients.identifier i on i.system = n.system and i.value = n.value`.execute(work.db)
  return rows
}
