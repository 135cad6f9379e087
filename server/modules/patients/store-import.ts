import { sql, type Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import { searchText } from './names.ts'
import { nearKeys } from './near-words.ts'
import type { NoSnilsReason, PatientFull } from './patient.ts'

/** A patient to add. */
export type NewPatient = Omit<PatientFull, 'name'> & { noSnilsReason: NoSnilsReason | null }

/** Numbers that belong to one person only. */
export type Identifier = { system: 'snils' | 'enp' | 'inn'; value: string }

/** A person's numbers, in one order for everybody, so that two who register at once never wait for each other in a ring. */
export const identifiersOf = (p: Pick<PatientFull, 'snils' | 'enp' | 'inn'>): Identifier[] =>
  (['enp', 'inn', 'snils'] as const).flatMap((system) => (p[system] === null ? [] : [{ system, value: p[system] }]))

const recordOf = (p: NewPatient) => ({
  patient_id: p.id,
  last_name: p.lastName,
  first_name: p.firstName,
  middle_name: p.middleName,
  birth_date: p.birthDate,
  sex: p.sex,
  snils: p.snils,
  enp: p.enp,
  inn: p.inn,
  phone: p.phone,
  email: p.email,
  address: p.address,
  name_search: searchText(p),
  no_snils_reason: p.noSnilsReason,
})

/** Adds patients; those whose id is there already stay as they are. */
export async function insertPatients(db: Kysely<DB>, patients: readonly NewPatient[], now: Date): Promise<void> {
  await sql`insert into patients.patient (patient_id, last_name, first_name, middle_name, birth_date, sex, snils, enp, inn,
      phone, email, address, name_search, no_snils_reason, version, created_at, updated_at)
    select patient_id, last_name, first_name, middle_name, birth_date, sex, snils, enp, inn,
      phone, email, address, name_search, no_snils_reason, 1, ${now}::timestamptz, ${now}::timestamptz
    from json_populate_recordset(null::patients.patient, ${JSON.stringify(patients.map(recordOf))}::json)
    on conflict (patient_id) do nothing`.execute(db)
}

/** Remembers the words of names for search, in one order, so that nobody waits for each other in a ring. */
export async function insertNameWords(db: Kysely<DB>, names: readonly NewPatient[]): Promise<void> {
  const words = [...new Set(names.flatMap((p) => searchText(p).split(' ')))].sort()
  const rows = JSON.stringify(words.map((word) => ({ word, near: nearKeys(word) })))
  await sql`insert into patients.name_word (word, near)
    select word, near from json_populate_recordset(null::patients.name_word, ${rows}::json)
    where word not in (select w.word from patients.name_word w where w.word = any(${words}::text[]))
    on conflict (word) do nothing`.execute(db)
}

/**
 * Claims numbers for their people; returns those that somebody else has. Of any number who claim one number at once,
 * the primary key lets one through; the others wait for it and then find it taken.
 */
export async function claimIdentifiers(
  db: Kysely<DB>,
  claims: readonly (Identifier & { patientId: string })[],
): Promise<(Identifier & { ownerId: string })[]> {
  const rows = JSON.stringify(claims.map((c) => ({ system: c.system, value: c.value, patient_id: c.patientId })))
  await sql`insert into patients.identifier (system, value, patient_id)
    select system, value, patient_id from json_populate_recordset(null::patients.identifier, ${rows}::json)
    on conflict (system, value) do nothing`.execute(db)
  // A statement of its own: it sees what the one before has waited for.
  const { rows: taken } = await sql<Identifier & { ownerId: string }>`
    select i.system, i.value, i.patient_id as "ownerId"
    from json_populate_recordset(null::patients.identifier, ${rows}::json) c
    join patients.identifier i on i.system = c.system and i.value = c.value
    where i.patient_id <> c.patient_id`.execute(db)
  return taken
}
