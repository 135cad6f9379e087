import { sql, type Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import { codeKey, plainWords } from './plain-words.ts'
import type { CodedRow } from './rules.ts'
import { stemOf } from './stem.ts'

type Db = Kysely<DB>

/** A version of a directory, named. */
export type DirectoryRef = { oid: string; version: string }

/** A version of a directory before its rows are read. `publishedAt` is 'YYYY-MM-DD'. */
export type DirectoryHead = DirectoryRef & {
  name: string
  publishedAt: string | null
  rowCount: number
  /** Names the source and its content: rows of another source are not added to a half-loaded version. */
  source: string
}

/** How far a version is loaded. */
export type LoadedState = {
  source: string
  state: string
  rowsDeclared: number
  rowsLoaded: number
  isCurrent: boolean
}

/** Writes down that a version is being loaded, unless it is known already. */
export async function insertDirectory(db: Db, head: DirectoryHead, now: Date): Promise<void> {
  await db
    .insertInto('terminology.directory')
    .values({
      oid: head.oid,
      version: head.version,
      name: head.name,
      rows_declared: head.rowCount,
      source: head.source,
      state: 'loading',
      published_at: head.publishedAt,
      imported_at: now,
    })
    .onConflict((c) => c.columns(['oid', 'version']).doNothing())
    .execute()
}

/** The version's state, its row locked until the transaction ends: the lock that imports of one version queue on. */
export function lockDirectory(db: Db, { oid, version }: DirectoryRef): Promise<LoadedState | undefined> {
  return db
    .selectFrom('terminology.directory')
    .select([
      'source',
      'state',
      'rows_declared as rowsDeclared',
      'rows_loaded as rowsLoaded',
      'is_current as isCurrent',
    ])
    .where('oid', '=', oid)
    .where('version', '=', version)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** Begins a half-loaded version again, from another source. The caller holds its lock. */
export async function beginAgain(db: Db, head: DirectoryHead): Promise<void> {
  const { oid, version } = head
  await db.deleteFrom('terminology.concept').where('oid', '=', oid).where('version', '=', version).execute()
  await db
    .updateTable('terminology.directory')
    .set({ source: head.source, rows_declared: head.rowCount, rows_loaded: 0, name: head.name })
    .where('oid', '=', oid)
    .where('version', '=', version)
    .execute()
}

const searchText = (row: CodedRow): string => plainWords([row.name, ...row.synonyms].join(' ')).join(' ')

/** Rows of this version that are there already, of the given codes. */
export async function rowsKnown(
  db: Db,
  { oid, version }: DirectoryRef,
  codes: readonly string[],
): Promise<Map<string, CodedRow>> {
  const { rows } = await sql<CodedRow & { search: string }>`
    select code, name, row_key as key, parent_code as "parentKey", is_selectable as "isSelectable",
      source_rows as "sourceRows", search
    from terminology.concept where oid = ${oid} and version = ${version} and code = any(${[...codes]}::text[])`.execute(
    db,
  )
  return new Map(rows.map(({ search, ...row }) => [row.code, { ...row, synonyms: [search] }]))
}

/** Writes rows with different codes; a code that is there already gets the given row instead. */
export async function writeRows(db: Db, { oid, version }: DirectoryRef, rows: readonly CodedRow[]): Promise<void> {
  const texts = (of: (row: CodedRow) => string | null) => sql`${rows.map(of)}::text[]`
  await sql`
    insert into terminology.concept
      (oid, version, code, name, row_key, parent_code, is_selectable, search, code_key, source_rows)
    select ${oid}, ${version}, code, name, row_key, parent_code, is_selectable, search, code_key, source_rows::jsonb
    from unnest(${texts((r) => r.code)}, ${texts((r) => r.name)}, ${texts((r) => r.key)}, ${texts((r) => r.parentKey)},
      ${rows.map((r) => r.isSelectable)}::boolean[], ${texts(searchText)}, ${texts((r) => codeKey(r.code))},
      ${texts((r) => JSON.stringify(r.sourceRows))})
      as r (code, name, row_key, parent_code, is_selectable, search, code_key, source_rows)
    on conflict (oid, version, code) do update set name = excluded.name, row_key = excluded.row_key,
      parent_code = excluded.parent_code, is_selectable = excluded.is_selectable, search = excluded.search,
      source_rows = excluded.source_rows`.execute(db)
}

/** Notes how many of the source's rows are in. */
export async function setRowsLoaded(db: Db, { oid, version }: DirectoryRef, rowsLoaded: number): Promise<void> {
  await db
    .updateTable('terminology.directory')
    .set({ rows_loaded: rowsLoaded })
    .where('oid', '=', oid)
    .where('version', '=', version)
    .execute()
}

/** Every version of a directory, each row locked until the transaction ends: the lock that switches queue on. */
export async function lockVersions(
  db: Db,
  oid: string,
): Promise<{ version: string; state: string; isCurrent: boolean }[]> {
  const { rows } = await sql<{ version: string; state: string; isCurrent: boolean }>`
    select version, state, is_current as "isCurrent" from terminology.directory
    where oid = ${oid} order by version for no key update`.execute(db)
  return rows
}

/** Marks a version as whole and turns its rows' parent keys into the parents' codes. */
export async function setLoaded(db: Db, { oid, version }: DirectoryRef): Promise<void> {
  await db
    .updateTable('terminology.directory')
    .set({ state: 'loaded' })
    .where('oid', '=', oid)
    .where('version', '=', version)
    .execute()
  // These rows are too new for statistics: the planner would expect one and compare each with each.
  await sql`set local enable_nestloop = off`.execute(db)
  await sql`
    update terminology.concept c set parent_code = p.code from terminology.concept p
    where c.oid = ${oid} and c.version = ${version} and p.oid = ${oid} and p.version = ${version}
      and p.row_key = c.parent_code and p.code <> c.parent_code`.execute(db)
  await sql`set local enable_nestloop = on`.execute(db)
}

/** Makes a whole version the current one, with its terms and words; `common` are the codes often used. */
export async function setCurrent(db: Db, { oid, version }: DirectoryRef, common: readonly string[]): Promise<void> {
  await db
    .updateTable('terminology.directory')
    .set({ is_current: false })
    .where('oid', '=', oid)
    .where('is_current', '=', true)
    .execute()
  await db
    .updateTable('terminology.directory')
    .set({ is_current: true })
    .where('oid', '=', oid)
    .where('version', '=', version)
    .execute()
  await db.deleteFrom('terminology.term').where('oid', '=', oid).execute()
  await db.deleteFrom('terminology.word').where('oid', '=', oid).execute()
  const isCommon = sql`code = any(${[...common]}::text[])`
  await sql`
    insert into terminology.term (oid, code, version, name, code_key, words, is_common, place)
    select oid, code, version, name, code_key, array_to_tsvector(string_to_array(search, ' ')), ${isCommon},
      row_number() over (order by ${isCommon} desc, length(name), code collate "C")
    from terminology.concept where oid = ${oid} and version = ${version} and is_selectable`.execute(db)
  const { rows } = await sql<{ word: string; uses: number }>`
    select lexeme as word, count(*)::int as uses
    from terminology.term, unnest(words) where oid = ${oid} group by lexeme`.execute(db)
  await sql`
    insert into terminology.word (oid, word, stem, uses)
    select ${oid}, word, stem, uses
    from unnest(${rows.map((r) => r.word)}::text[], ${rows.map((r) => stemOf(r.word))}::text[], ${rows.map((r) => r.uses)}::int[])
      as w (word, stem, uses)`.execute(db)
  // New index entries wait in a list that every search reads through: put them in their places now.
  await sql`select gin_clean_pending_list('terminology.term_words'), gin_clean_pending_list('terminology.word_alike')`.execute(
    db,
  )
}

/** Renews the planner's statistics after imports, so that the first searches are planned as the later ones. */
export async function refreshStatistics(db: Db): Promise<void> {
  await sql`analyze terminology.concept, terminology.term, terminology.word`.execute(db)
}

/** Removes half-loaded versions: nobody could quote them. The caller holds their locks. */
export async function removeVersions(db: Db, oid: string, versions: readonly string[]): Promise<void> {
  await db.deleteFrom('terminology.concept').where('oid', '=', oid).where('version', 'in', versions).execute()
  await db.deleteFrom('terminology.directory').where('oid', '=', oid).where('version', 'in', versions).execute()
}
