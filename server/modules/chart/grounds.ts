import { NoGrounds } from '../../../contracts/chart.ts'
import { Problem } from '../../platform/problem.ts'
import type { Grounds, Work } from '../../platform/work.ts'
import { hasAppointmentAt } from '../booking/index.ts'
import { actFor } from '../patients/index.ts'
import { hasVisitAt } from './store.ts'

/**
 * Establishes on what grounds the actor reads this card and notes them in the journal: the patient or representative;
 * a doctor with an appointment or a case of this patient at the same organisation, or by attachment to it.
 * Throws NoGrounds (404): a card that may not be seen is not there.
 */
export async function readCard(work: Work, patientId: string): Promise<Grounds> {
  const { actor } = work
  if (actor.role !== 'doctor' && actor.role !== 'head') return (await actFor(work, patientId)).grounds
  const { organizationId, staffId } = actor
  if (!organizationId || !staffId) throw new Problem(NoGrounds)
  const [appointment, visit] = await Promise.all([
    hasAppointmentAt(work, { patientId, organizationId, staffId }),
    hasVisitAt(work, patientId, organizationId),
  ])
  if (!appointment && !visit) return (await actFor(work, patientId)).grounds
  const grounds = appointment ? 'appointment' : 'case'
  work.note({ patientId, grounds })
  return grounds
}
