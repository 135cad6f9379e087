import type { ReplyOf } from '../../../contracts/endpoint.ts'
import type { listWaiting as contract } from '../../../contracts/waiting.ts'
import type { Work } from '../../platform/work.ts'
import { specialtyTitle } from '../organizations/index.ts'
import { patientsByIds } from '../patients/index.ts'
import { describeWaiting } from './describe-waiting.ts'
import { stillWaits } from './list-patient-waiting.ts'
import { requireOwnOrganization } from './rights.ts'
import { countWaiting, entriesOfOrganization } from './store-waiting.ts'

const LISTED = 500

/**
 * Who waits at one's own organisation, queue by queue, and how many wait for each specialty. Each patient shown is
 * journalled. Throws NotFound.
 */
export async function listWaiting(
  work: Work,
  organizationId: string,
  specialtyCode: string | undefined,
): Promise<ReplyOf<typeof contract>> {
  requireOwnOrganization(work, organizationId)
  const [rows, counts] = await Promise.all([
    entriesOfOrganization(work, organizationId, specialtyCode, LISTED),
    countWaiting(work, organizationId),
  ])
  const patientIds = [...new Set(rows.map((row) => row.patientId))]
  work.note({ patientIds, grounds: work.actor.role === 'registrar' ? 'registration' : 'duty' })
  const [entries, patients] = await Promise.all([describeWaiting(work, rows), patientsByIds(work, patientIds)])
  const lines = entries
    .filter((entry) => entry.offer || stillWaits(entry, work.now))
    .flatMap((entry) => {
      const patient = patients.get(entry.patientId)
      return patient ? [{ entry, patient }] : []
    })
  const specialties = counts
    .map(({ code, waiting }) => ({ code, title: specialtyTitle(code), waiting }))
    .sort((a, b) => a.title.localeCompare(b.title, 'ru'))
  return { lines, specialties }
}
