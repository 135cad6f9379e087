import { sql, type Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'

/** Rows of one statement. */
const CHUNK = 5000

// Columns are named and not `*`: a column an import does not know keeps its default.
const tables = {
  organization: {
    columns:
      'id, oid, name, short_name, kind, address, latitude, longitude, phone, inn, ogrn, license, time_zone, change_deadline_minutes',
    key: 'id',
  },
  department: { columns: 'organization_id, id, oid, name, address', key: 'organization_id, id' },
  room: { columns: 'organization_id, id, department_id, number, floor', key: 'organization_id, id' },
  practitioner: { columns: 'id, snils, last_name, first_name, middle_name, sex, birth_date', key: 'id' },
  practitioner_role: {
    columns: 'organization_id, id, practitioner_id, department_id, specialty_code, position_code, since, until',
    key: 'organization_id, id',
  },
} as const

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Inserts records into a table of ours, thousands a statement; a row whose key is there stays as it is. */
export async function insertRecords(
  db: Kysely<DB>,
  table: keyof typeof tables,
  records: readonly object[],
): Promise<void> {
  const { columns, key } = tables[table]
  for (let i = 0; i < records.length; i += CHUNK) {
    const rows = records
      .slice(i, i + CHUNK)
      .map((record) => Object.fromEntries(Object.entries(record).map(([name, value]) => [snakeCase(name), value])))
    await sql`insert into organizations.${sql.raw(table)} (${sql.raw(columns)})
      select ${sql.raw(columns)} from json_populate_recordset(null::organizations.${sql.raw(table)}, ${JSON.stringify(rows)}::json)
      on conflict (${sql.raw(key)}) do nothing`.execute(db)
  }
}
