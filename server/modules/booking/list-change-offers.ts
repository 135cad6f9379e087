import type { ChangeOffer } from '../../../contracts/schedule-edits.ts'
import type { Work } from '../../platform/work.ts'
import { ownOrganizationId } from '../schedules/index.ts'
import { describeAppointments } from './describe-appointment.ts'
import { actForPatient, isSeenBy } from './rights.ts'
import * as changes from './store-change-offers.ts'

const LISTED = 200
const LISTED_DAYS = 30

/** Questions that wait for this patient's answer. Staff see those of their own organisation. Throws PatientNotFound. */
export async function listChangeOffers(work: Work, patientId: string): Promise<{ offers: ChangeOffer[] }> {
  const [, rows] = await Promise.all([actForPatient(work, patientId), changes.openChangesOf(work, patientId)])
  return {
    offers: await describe(
      work,
      rows.filter((row) => isSeenBy(work.actor, row.organizationId)),
    ),
  }
}

/** Whom one's own organisation asked lately, answered or not. Throws NotFound for who works in none. */
export async function listAsked(work: Work): Promise<{ offers: ChangeOffer[] }> {
  const organizationId = ownOrganizationId(work)
  const since = new Date(work.now.getTime() - LISTED_DAYS * 86_400_000)
  const rows = await changes.changesMadeSince(work, organizationId, since, LISTED)
  work.note({
    patientIds: [...new Set(rows.map((row) => row.patientId))],
    grounds: work.actor.role === 'registrar' ? 'registration' : 'duty',
  })
  return { offers: await describe(work, rows) }
}

async function describe(work: Work, rows: readonly changes.ChangeOfferRow[]): Promise<ChangeOffer[]> {
  const found = await describeAppointments(
    work,
    rows.flatMap(({ organizationId, appointmentId, replacedId }) => [
      { organizationId, id: appointmentId },
      { organizationId, id: replacedId },
    ]),
  )
  return rows.map((row) => ({
    appointment: found.get(row.appointmentId)!,
    before: found.get(row.replacedId)!,
    reason: row.reason,
    madeAt: row.madeAt.toISOString(),
    answerBy: row.answerBy.toISOString(),
    answer: row.answer,
  }))
}
