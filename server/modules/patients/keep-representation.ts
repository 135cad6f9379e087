import type { InputOf, ReplyOf } from '../../../contracts/endpoint.ts'
import { PatientNotFound } from '../../../contracts/patients.ts'
import { Invalid } from '../../../contracts/problems.ts'
import {
  AuthorityThere,
  RepresentationIsOver,
  RepresentationNotFound,
  RepresentationThere,
  type addAuthority as addAuthorityContract,
  type addRepresentation as addContract,
  type Authority,
} from '../../../contracts/representation.ts'
import { newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { addDays } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { fullYears, lastDayAsChild, todayOf } from './ages.ts'
import { actFor } from './grounds.ts'
import { fullName } from './names.ts'
import type { PatientRecord } from './patient.ts'
import { findPatients } from './store.ts'
import * as store from './store-representation.ts'

type Asked = InputOf<typeof addContract>['body']
type Flaw = { path: string; message: string }

/** A minor parent acts for the child from 16 (СК РФ, статья 62, пункт 2); everybody else must be of age. */
const PARENT_FROM = 16
const GUARDIAN_FROM = 18
/** No guardianship is written for longer; a court's or an authority's next act renews it. */
const LONGEST_YEARS = 20

/**
 * Enters who acts for a person, from today (PAT-4). Of several who enter one pair at once one gets through: the unique
 * index of live pairs decides. Throws Invalid, RepresentationThere, PatientNotFound.
 */
export async function addRepresentation(
  work: Work,
  patientId: string,
  asked: Asked,
): Promise<ReplyOf<typeof addContract>> {
  const id = newId()
  const { grounds } = await actFor(work, patientId)
  const other = asked.basis === 'authority' ? null : asked.representativeId
  work.note({ ...(other && { patientIds: [patientId, other] }), grounds, objectType: 'representation', objectId: id })
  const [people, authorities] = await Promise.all([
    findPatients(work, [patientId, ...(other ? [other] : [])]),
    store.allAuthorities(work),
  ])
  const ward = people.find((p) => p.id === patientId)
  if (!ward) throw new Problem(PatientNotFound)
  const today = todayOf(work)
  const isChild = today <= lastDayAsChild(ward.birthDate)
  const flaws = [
    ...flawsOfWho(asked, { ward, isChild, representative: people.find((p) => p.id === other), today }),
    ...(asked.basis === 'authority' && !authorities.some((a) => a.id === asked.authorityId)
      ? [{ path: 'authorityId', message: 'Выберите орган опеки' }]
      : []),
    ...flawsOfTerm(asked, isChild, today),
  ]
  if (flaws.length > 0) throw new Problem(Invalid, { fields: flaws })
  const until = endOf(asked.until, isChild ? lastDayAsChild(ward.birthDate) : undefined)
  const representation: store.NewRepresentation = {
    id,
    patientId,
    representativeId: other,
    authorityId: asked.basis === 'authority' ? asked.authorityId : null,
    basis: asked.basis,
    document: asked.document,
    since: today,
    until,
  }
  const [, added] = await Promise.all([
    store.closeRunOut(work, representation, today),
    store.insertRepresentation(work, representation),
  ])
  if (!added) throw new Problem(RepresentationThere)
  announceChange(work, patientId, other)
  return { id, since: today, until }
}

/** A child's ends with childhood or sooner; a grown-up's on the day that was given. */
const endOf = (given: string | null, asChild: string | undefined): string =>
  asChild !== undefined && (given === null || given > asChild) ? asChild : given!

type People = { ward: PatientRecord; isChild: boolean; representative: PatientRecord | undefined; today: string }

function flawsOfWho(asked: Asked, { ward, isChild, representative, today }: People): Flaw[] {
  const flaw = (path: string, message: string): Flaw[] => [{ path, message }]
  if (asked.basis === 'parent' && !isChild)
    return flaw('basis', `${fullName(ward)}: уже есть 18 лет, родитель за взрослого не действует`)
  if (asked.basis === 'authority') return []
  if (!representative) return flaw('representativeId', 'Найдите карту представителя')
  if (representative.id === ward.id) return flaw('representativeId', 'Человек не может представлять сам себя')
  const from = asked.basis === 'parent' ? PARENT_FROM : GUARDIAN_FROM
  return fullYears(representative.birthDate, today) < from
    ? flaw('representativeId', `Представителю должно быть не меньше ${from} лет`)
    : []
}

function flawsOfTerm({ until, document }: Asked, isChild: boolean, today: string): Flaw[] {
  const flaws: Flaw[] = []
  if (document.date > today) flaws.push({ path: 'document.date', message: 'Дата документа ещё не наступила' })
  if (until === null && !isChild) flaws.push({ path: 'until', message: 'Для взрослого подопечного укажите срок' })
  if (until !== null && until < today) flaws.push({ path: 'until', message: 'Этот день уже прошёл' })
  if (until !== null && until > addDays(today, LONGEST_YEARS * 366))
    flaws.push({ path: 'until', message: `Срок не может быть дольше ${LONGEST_YEARS} лет` })
  return flaws
}

/**
 * Ends a representation at once, and keeps who did it and why. Of two who end it one is told that it is over: the guarded
 * update decides. Throws RepresentationNotFound, RepresentationIsOver, PatientNotFound.
 */
export async function endRepresentation(
  work: Work,
  { patientId, representationId }: { patientId: string; representationId: string },
  reason: string,
): Promise<{ ended: true }> {
  await actFor(work, patientId)
  work.note({ objectType: 'representation', objectId: representationId })
  const done = await store.endOne(work, patientId, representationId, reason.trim())
  if (!done) throw new Problem(RepresentationNotFound)
  if (!done.wasLive) throw new Problem(RepresentationIsOver)
  announceChange(work, patientId, done.representativeId)
  return { ended: true }
}

/** Both cabinets read anew for whom one acts. */
const announceChange = (work: Work, patientId: string, representativeId: string | null): void =>
  work.announce({
    type: 'patients.representation-changed',
    key: patientId,
    topics: [`patient/${patientId}`, ...(representativeId ? [`patient/${representativeId}`] : [])],
    payload: { patientId },
  })

/** Adds a guardianship authority. Throws AuthorityThere. */
export async function addAuthority(
  work: Work,
  asked: InputOf<typeof addAuthorityContract>['body'],
): Promise<Authority> {
  const authority = await store.insertAuthority(work, { ...asked, name: asked.name.trim() })
  if (!authority) throw new Problem(AuthorityThere)
  work.note({ objectType: 'guardianship-authority', objectId: authority.id })
  return authority
}
