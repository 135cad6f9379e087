import type { Charge, listMyCharges as contract } from '../../../contracts/patients.ts'
import type { ReplyOf } from '../../../contracts/endpoint.ts'
import type { Work } from '../../platform/work.ts'
import { lastDayOf, representationIsLive, todayOf, type Representation } from './ages.ts'
import { formerCharges } from './former-charges.ts'
import { fullName } from './names.ts'
import type { PatientRecord } from './patient.ts'
import { findPatients, wardsOf } from './store.ts'
import { lastRequest, linkedPatient } from './store-links.ts'

/** Whom this citizen may act for: themselves, then children and wards by age, oldest first; without a card, why. */
export async function listMyCharges(work: Work): Promise<ReplyOf<typeof contract>> {
  const [patientId, request] = await Promise.all([linkedPatient(work, work.actor.id), lastRequest(work, work.actor.id)])
  if (patientId === undefined) {
    if (!request || request.state === 'linked')
      return { state: 'untrusted', reason: null, note: null, patients: [], former: [] }
    return { state: request.state, reason: request.reason, note: request.note, patients: [], former: [] }
  }
  const [own, wards, former] = await Promise.all([
    findPatients(work, [patientId]),
    wardsOf(work, patientId),
    formerCharges(work, patientId),
  ])
  const today = todayOf(work)
  const live = wards.filter((ward) => representationIsLive(ward, today))
  live.sort((a, b) => (a.birthDate < b.birthDate ? -1 : 1))
  return {
    state: 'linked',
    reason: null,
    note: null,
    patients: [
      ...own.map((p) => chargeOf(p, 'self', null)),
      ...live.map((w) => chargeOf(w, relationTo(w), lastDayOf(w))),
    ],
    former: former.filter(({ id }) => !live.some((ward) => ward.id === id)),
  }
}

const chargeOf = (p: PatientRecord, relation: Charge['relation'], until: string | null): Charge => ({
  id: p.id,
  name: fullName(p),
  firstName: p.firstName,
  birthDate: p.birthDate,
  sex: p.sex,
  relation,
  until,
})

const relationTo = (r: Representation): Charge['relation'] => (r.basis === 'parent' ? 'child' : 'ward')
