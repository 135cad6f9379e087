import { NoGrounds } from '../../../contracts/chart.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { findFact } from './store-facts.ts'
import { readCard } from './grounds.ts'

/** One fact with its FHIR resource exactly as it was stored. Throws NoGrounds for what may not be seen or is not there. */
export async function showFact(
  work: Work,
  patientId: string,
  factId: string,
): Promise<{ id: string; version: number; kind: string; resource: string }> {
  await readCard(work, patientId)
  work.note({ objectType: 'fact', objectId: factId })
  const fact = await findFact(work, patientId, factId)
  if (!fact) throw new Problem(NoGrounds)
  return fact
}
