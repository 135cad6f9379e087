import type { Work } from '../../platform/work.ts'
import { todayOf, representationIsLive } from './ages.ts'
import { findPatients, representativesOf, wardsOf } from './store.ts'
import { accountsOf, linkedPatient } from './store-links.ts'

/** Somebody to be told of a patient's affairs: as the patient they are themselves, with what their card knows. */
export type Recipient = {
  patientId: string
  /** Their account of the cabinet; null while they have none. */
  accountId: string | null
  phone: string | null
  email: string | null
}

/**
 * Who is to be told what concerns a patient: the patient, and those who act for them today. A child or ward without an
 * account of their own is left out when somebody acts for them. Checks no rights and notes nothing.
 */
export async function recipientsOf(work: Work, patientId: string): Promise<Recipient[]> {
  const today = todayOf(work)
  const representatives = (await representativesOf(work, patientId)).filter((r) => representationIsLive(r, today))
  const ids = [...new Set([patientId, ...representatives.map((r) => r.patientId)])]
  const [records, accounts] = await Promise.all([findPatients(work, ids), accountsOf(work, ids)])
  return records
    .filter(({ id }) => id !== patientId || representatives.length === 0 || accounts.has(id))
    .map(({ id, phone, email }) => ({ patientId: id, accountId: accounts.get(id) ?? null, phone, email }))
}

/** The cards this citizen acts for: their own first; none while they have no card. Notes nothing. */
export async function ownAndWards(work: Work): Promise<{ id: string; firstName: string; isOwn: boolean }[]> {
  const own = await linkedPatient(work, work.actor.id)
  if (own === undefined) return []
  const [records, wards] = await Promise.all([findPatients(work, [own]), wardsOf(work, own)])
  const today = todayOf(work)
  return [
    ...records.map(({ id, firstName }) => ({ id, firstName, isOwn: true })),
    ...wards
      .filter((ward) => representationIsLive(ward, today))
      .map(({ id, firstName }) => ({ id, firstName, isOwn: false })),
  ]
}

/** First names by id: what may be said of a child or ward outside the cabinet. */
export const firstNamesOf = async (work: Work, ids: readonly string[]): Promise<Map<string, string>> =>
  new Map(ids.length > 0 ? (await findPatients(work, ids)).map(({ id, firstName }) => [id, firstName]) : [])
