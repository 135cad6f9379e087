import type { Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import {
  insertAttachments,
  insertAuthorities,
  insertLinks,
  insertRepresentations,
  type NewAttachment,
  type NewRepresentation,
} from './store-import-ties.ts'
import { claimIdentifiers, identifiersOf, insertNameWords, insertPatients, type NewPatient } from './store-import.ts'

export type { NewPatient } from './store-import.ts'
/** What an import brings; ids are given, so that it can be repeated. */
export type PatientsImport = {
  patients: readonly NewPatient[]
  attachments: readonly NewAttachment[]
  representations: readonly NewRepresentation[]
  authorities?: readonly { id: string; name: string; address: string; phone: string }[]
  /** Citizens' accounts that are linked to their cards already. */
  links?: readonly { accountId: string; patientId: string }[]
}

/** Rows of one statement. */
const CHUNK = 5000

/**
 * Adds patients with what ties them, in bulk. Repeating it changes nothing. Names and numbers are taken as they are: they
 * must be tidy and right. Throws Error when a СНИЛС, ЕНП or ИНН is another person's; run it in a transaction to leave
 * nothing behind then.
 */
export async function importPatients(db: Kysely<DB>, now: Date, data: PatientsImport): Promise<void> {
  for (const patients of chunksOf(data.patients)) {
    await insertPatients(db, patients, now)
    await insertNameWords(db, patients)
    const claims = patients.flatMap((p) => identifiersOf(p).map((i) => ({ ...i, patientId: p.id })))
    const taken = await claimIdentifiers(db, claims)
    if (taken.length > 0)
      throw new Error(`${taken.length} numbers belong to other people already, one of them a ${taken[0]!.system}`)
  }
  await insertAuthorities(db, data.authorities ?? [], now)
  for (const chunk of chunksOf(data.attachments)) await insertAttachments(db, chunk)
  for (const chunk of chunksOf(data.representations)) await insertRepresentations(db, chunk)
  for (const chunk of chunksOf(data.links ?? [])) await insertLinks(db, chunk, now)
}

function* chunksOf<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let i = 0; i < items.length; i += CHUNK) yield items.slice(i, i + CHUNK)
}
