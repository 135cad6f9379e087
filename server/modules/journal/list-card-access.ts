import type { CardAccess } from '../../../contracts/journal.ts'
import { readCursor, writeCursor } from '../../platform/page-cursor.ts'
import type { Work } from '../../platform/work.ts'
import { organizationsByIds } from '../organizations/index.ts'
import { actFor, authorityNames } from '../patients/index.ts'
import * as store from './store.ts'
import { groundsInWords, operationInWords, roleInWords } from './words.ts'

const PAGE = 50

/**
 * «Кто смотрел мою карту» (EMR-7): every operation with the patient's data, refusals included, newest first. `others`
 * leaves out what the reader did. Throws PatientNotFound for anybody but the citizen and their representative.
 */
export async function listCardAccess(
  work: Work,
  patientId: string,
  query: { before?: string; others?: boolean },
): Promise<{ entries: CardAccess[]; next: string | null }> {
  await actFor(work, patientId)
  const rows = await store.patientActions(
    work,
    patientId,
    readCursor(query.before),
    query.others ? work.actor.id : undefined,
    PAGE + 1,
  )
  const page = rows.slice(0, PAGE)
  const places = [...new Set(page.flatMap((row) => row.organization_id ?? []))]
  const [organizations, authorities] = await Promise.all([
    organizationsByIds(work, places),
    page.some((row) => row.actor_role === 'guardianship-officer') ? authorityNames(work) : undefined,
  ])
  const entries = page.map((row): CardAccess => ({
    id: row.id,
    at: row.at.toISOString(),
    actorName: row.actor_name ?? roleInWords(row.actor_role),
    actorRole: roleInWords(row.actor_role),
    organizationName:
      (row.organization_id &&
        (organizations.get(row.organization_id)?.shortName ?? authorities?.get(row.organization_id))) ||
      null,
    what: operationInWords(row.operation),
    grounds: groundsInWords(row.grounds),
    outcome: row.outcome as CardAccess['outcome'],
    own: row.actor_id === work.actor.id,
  }))
  return { entries, next: rows.length > PAGE ? writeCursor(page.at(-1)!) : null }
}
