import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { PatientRecord } from './patient.ts'
import { patientColumns } from './store.ts'

/** Whether this system has named this patient in full and may still act on it. */
export async function isKnownToSystem(work: Work, systemId: string, patientId: string): Promise<boolean> {
  const { rows } = await sql`select from patients.known_to_system
    where patient_id = ${patientId} and system_id = ${systemId} and until > ${work.now}`.execute(work.db)
  return rows.length > 0
}

/** The only person of this name born that day; a name without a patronymic is also that of one with any. */
export async function onlyBearer(
  work: Work,
  nameSearch: string,
  birthDate: string,
): Promise<PatientRecord | undefined> {
  const { rows } =
    await sql<PatientRecord>`select ${patientColumns} from patients.patient p where p.birth_date = ${birthDate}
    and (p.name_search = ${nameSearch} or p.name_search like ${`${nameSearch} %`}) limit 2`.execute(work.db)
  return rows.length === 1 ? rows[0] : undefined
}

/** Remembers that this system has named this patient in full; a later time moves the end. */
export async function rememberKnown(work: Work, systemId: string, patientId: string, until: Date): Promise<void> {
  await sql`insert into patients.known_to_system (patient_id, system_id, until) values (${patientId}, ${systemId}, ${until})
    on conflict (patient_id, system_id) do update set until = greatest(known_to_system.until, excluded.until)`.execute(
    work.db,
  )
}
