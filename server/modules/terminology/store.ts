import { sql } from 'kysely'
import type { Concept } from '../../../contracts/terminology.ts'
import type { Work } from '../../platform/work.ts'

/** The current version of a directory; undefined when none is loaded. */
export async function findCurrentVersion(work: Work, oid: string): Promise<string | undefined> {
  const row = await work.db
    .selectFrom('terminology.directory')
    .select('version')
    .where('oid', '=', oid)
    .where('is_current', '=', true)
    .executeTakeFirst()
  return row?.version
}

/** Concepts of the current version by their codes; only those that may be chosen when asked so. */
export async function findConcepts(
  work: Work,
  oid: string,
  codes: readonly string[],
  onlySelectable: boolean,
): Promise<Concept[]> {
  const { rows } = await sql<Concept>`
    select c.oid, c.version, c.code, c.name
    from terminology.directory d join terminology.concept c on c.oid = d.oid and c.version = d.version
    where d.oid = ${oid} and d.is_current and c.code = any(${[...codes]}::text[])
      and (c.is_selectable or not ${onlySelectable}::boolean)`.execute(work.db)
  return rows
}

/** Current directories, by OID. */
export function currentDirectories(
  work: Work,
): Promise<{ oid: string; version: string; name: string; rows: number }[]> {
  return work.db
    .selectFrom('terminology.directory')
    .select(['oid', 'version', 'name', 'rows_loaded as rows'])
    .where('is_current', '=', true)
    .orderBy('name')
    .orderBy('oid')
    .execute()
}
