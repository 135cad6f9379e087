import { PatientNotFound } from '../../../contracts/patients.ts'
import { Problem } from '../../platform/problem.ts'
import type { Grounds, Work } from '../../platform/work.ts'
import { representationIsLive, todayOf } from './ages.ts'
import { wardsOfAuthority } from './store-representation.ts'
import { formerCharges } from './former-charges.ts'
import { linkedPatient } from './store-links.ts'
import { isKnownToSystem } from './store-systems.ts'
import { birthDateOf, liveAttachment, tiesOf } from './store.ts'

/**
 * On what grounds this actor may act for or read this patient; undefined when on none. A citizen: their own linked card
 * or a live representation. Registration is regional, so any registrar or administrator: every card. A doctor or head:
 * who is attached to their organisation. An officer of guardianship: the wards of their authority. Another system: whom
 * it has named in full lately. One statement.
 */
async function groundsOf(work: Work, patientId: string): Promise<Grounds | undefined> {
  const { actor } = work
  switch (actor.role) {
    case 'citizen':
      return groundsOfCitizen(work, patientId)
    case 'registrar':
    case 'call-centre':
    case 'administrator':
      return (await birthDateOf(work, patientId)) === undefined ? undefined : 'registration'
    case 'doctor':
    case 'head': {
      if (!actor.organizationId) return undefined
      const attachment = await liveAttachment(work, patientId)
      return attachment?.organizationId === actor.organizationId ? 'attachment' : undefined
    }
    case 'guardianship-officer': {
      if (!actor.organizationId) return undefined
      const wards = await wardsOfAuthority(work, actor.organizationId, patientId)
      return wards.some((ward) => representationIsLive(ward, todayOf(work))) ? 'guardianship' : undefined
    }
    case 'external-system':
      return (await isKnownToSystem(work, work.actor.id, patientId)) ? 'external-system' : undefined
    case 'system':
      return 'duty'
    default:
      return undefined
  }
}

async function groundsOfCitizen(work: Work, patientId: string): Promise<Grounds | undefined> {
  const ties = await tiesOf(work, work.actor.id, patientId)
  if (ties?.isOwn) return 'self'
  const { representation } = ties ?? {}
  return representation && representationIsLive(representation, todayOf(work)) ? 'representative' : undefined
}

/**
 * Establishes the grounds and notes them in the journal. Throws Problem(PatientNotFound) when there are none: a card that
 * may not be seen is not there; the journal keeps whose it would have been.
 */
export async function actFor(work: Work, patientId: string): Promise<{ grounds: Grounds }> {
  const grounds = await groundsOf(work, patientId)
  work.note({ patientId, objectType: 'patient', objectId: patientId, ...(grounds && { grounds }) })
  if (!grounds) throw new Problem(PatientNotFound, await whyNoLonger(work, patientId))
  return { grounds }
}

/** To one who acted for the person until lately: that it is over, in words. To everybody else nothing. */
async function whyNoLonger(work: Work, patientId: string): Promise<{ detail?: string; advice?: string }> {
  if (work.actor.role !== 'citizen') return {}
  const own = await linkedPatient(work, work.actor.id)
  const former = own === undefined ? [] : await formerCharges(work, own)
  const charge = former.find(({ id }) => id === patientId)
  if (!charge) return {}
  return charge.why === 'grown-up'
    ? {
        detail: `${charge.firstName}: уже есть 18 лет, и теперь записи и карта открыты только самому пациенту.`,
        advice: 'Пусть войдёт через Госуслуги под своей учётной записью: все записи сохранились.',
      }
    : {
        detail: `Вы больше не представляете этого пациента (${charge.firstName}).`,
        advice: 'Если это ошибка, возьмите документ и обратитесь в регистратуру.',
      }
}

/** Whether the actor may act for this patient; neither noted nor refused. */
export const mayActFor = async (work: Work, patientId: string): Promise<boolean> =>
  (await groundsOf(work, patientId)) !== undefined
