import { sql, type Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import type { Work } from '../../platform/work.ts'

/** Rows of one statement. */
const CHUNK = 5000

// Columns are named and not `*`: a column an import does not know keeps its default. `naturalKey` is what the world knows a
// row by; a row that is found by it keeps its id.
const tables = {
  organization: {
    columns:
      'id, oid, name, short_name, kind, address, latitude, longitude, phone, inn, ogrn, license, time_zone, change_deadline_minutes',
    key: 'id',
    naturalKey: 'oid',
  },
  department: {
    columns: 'organization_id, id, oid, name, address',
    key: 'organization_id, id',
    naturalKey: 'oid',
  },
  room: {
    columns: 'organization_id, id, department_id, number, floor',
    key: 'organization_id, id',
    naturalKey: 'organization_id, department_id, number',
  },
  practitioner: {
    columns: 'id, snils, last_name, first_name, middle_name, sex, birth_date',
    key: 'id',
    naturalKey: 'snils',
  },
  practitioner_role: {
    columns: 'organization_id, id, practitioner_id, department_id, specialty_code, position_code, since, until',
    key: 'organization_id, id',
    naturalKey: 'organization_id, id',
  },
} as const

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

function* chunksOf<T>(records: readonly T[]): Generator<T[]> {
  for (let i = 0; i < records.length; i += CHUNK) yield records.slice(i, i + CHUNK)
}

/** Inserts records into a table of ours, thousands a statement; a row whose key is there stays as it is. */
export async function insertRecords(
  db: Kysely<DB>,
  table: keyof typeof tables,
  records: readonly object[],
): Promise<void> {
  const { columns, key } = tables[table]
  for (const chunk of chunksOf(records)) {
    const rows = chunk.map((record) =>
      Object.fromEntries(Object.entries(record).map(([name, value]) => [snakeCase(name), value])),
    )
    await sql`insert into organizations.${sql.raw(table)} (${sql.raw(columns)})
      select ${sql.raw(columns)} from json_populate_recordset(null::organizations.${sql.raw(table)}, ${JSON.stringify(rows)}::json)
      on conflict (${sql.raw(key)}) do nothing`.execute(db)
  }
}

export type Upserted = { added: number; changed: number; same: number }

/**
 * Inserts records (named as the columns are) or changes the rows that their natural key finds; such a row keeps its id.
 * No natural key may come twice.
 */
export async function upsertRecords(
  db: Kysely<DB>,
  table: keyof typeof tables,
  records: readonly object[],
): Promise<Upserted> {
  const { columns, naturalKey } = tables[table]
  const keys = ['id', ...naturalKey.split(', ')]
  const values = columns.split(', ').filter((column) => !keys.includes(column))
  const done: Upserted = { added: 0, changed: 0, same: 0 }
  for (const chunk of chunksOf(records)) {
    // `xmax` of a row that this statement has inserted is 0, of one it has changed it is not; one that is the same is not returned.
    const { rows } = await sql<{ added: boolean }>`
      insert into organizations.${sql.raw(table)} as t (${sql.raw(columns)})
      select ${sql.raw(columns)} from json_populate_recordset(null::organizations.${sql.raw(table)}, ${JSON.stringify(chunk)}::json)
      on conflict (${sql.raw(naturalKey)}) do update set ${sql.raw(values.map((v) => `${v} = excluded.${v}`).join(', '))}
      where (${sql.raw(values.map((v) => `t.${v}`).join(', '))}) is distinct from (${sql.raw(values.map((v) => `excluded.${v}`).join(', '))})
      returning t.xmax = 0 as added`.execute(db)
    const added = rows.filter((row) => row.added).length
    done.added += added
    done.changed += rows.length - added
    done.same += chunk.length - rows.length
  }
  return done
}

/** Lets one import at a time through; readers are not kept. */
export const lockForImport = (work: Work): Promise<unknown> =>
  sql`lock table organizations.organization in share row exclusive mode`.execute(work.db)

// What is registered, by the keys of the world: a region has tens of thousands of people at most.

/** Ids of organisations by OID. */
export async function organizationsByOid(work: Work): Promise<Map<string, string>> {
  const { rows } = await sql<{ oid: string; id: string }>`select oid, id from organizations.organization`.execute(
    work.db,
  )
  return new Map(rows.map(({ oid, id }) => [oid, id]))
}

type RegisteredDepartment = { id: string; organizationId: string; organizationOid: string }

/** Departments by OID, with where they belong. */
export async function departmentsByOid(work: Work): Promise<Map<string, RegisteredDepartment>> {
  const { rows } = await sql<RegisteredDepartment & { oid: string }>`
    select d.oid, d.id, d.organization_id as "organizationId", o.oid as "organizationOid"
    from organizations.department d join organizations.organization o on o.id = d.organization_id`.execute(work.db)
  return new Map(rows.map(({ oid, ...department }) => [oid, department]))
}

/** Ids of people by СНИЛС. */
export async function practitionersBySnils(work: Work): Promise<Map<string, string>> {
  const { rows } = await sql<{ snils: string; id: string }>`select snils, id from organizations.practitioner`.execute(
    work.db,
  )
  return new Map(rows.map(({ snils, id }) => [snils, id]))
}

type RegisteredPosition = {
  id: string
  snils: string
  departmentOid: string
  position: string
  specialty: string | null
}

/** Every position that is or was held. */
export async function registeredPositions(work: Work): Promise<RegisteredPosition[]> {
  const { rows } = await sql<RegisteredPosition>`
    select r.id, p.snils, d.oid as "departmentOid", r.position_code as position, r.specialty_code as specialty
    from organizations.practitioner_role r
    join organizations.practitioner p on p.id = r.practitioner_id
    join organizations.department d on d.organization_id = r.organization_id and d.id = r.department_id`.execute(
    work.db,
  )
  return rows
}
