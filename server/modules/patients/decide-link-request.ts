import {
  CardLinkedElsewhere,
  LinkAlreadyDecided,
  PatientNotFound,
  type decideLinkRequest as contract,
} from '../../../contracts/patients.ts'
import type { InputOf, ReplyOf } from '../../../contracts/endpoint.ts'
import { Invalid, NotFound } from '../../../contracts/problems.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { announceLink } from './link-citizen.ts'
import { findPatients } from './store.ts'
import * as store from './store-links.ts'

type Decision = InputOf<typeof contract>['body']

/**
 * A registrar links the account to a card, or refuses with a note that the citizen will read. Of two who decide at once
 * the first one's word counts: the guarded update lets one through. Throws LinkAlreadyDecided, PatientNotFound,
 * CardLinkedElsewhere, NotFound, Invalid.
 */
export async function decideLinkRequest(
  work: Work,
  requestId: string,
  { link, patientId, note }: Decision,
): Promise<ReplyOf<typeof contract>> {
  work.note({
    patientIds: patientId ? [patientId] : [],
    grounds: 'registration',
    objectType: 'link-request',
    objectId: requestId,
  })
  if (link && !patientId) throw new Problem(Invalid, { fields: [{ path: 'patientId', message: 'Выберите карту' }] })
  if (!link && !note?.trim())
    throw new Problem(Invalid, {
      fields: [{ path: 'note', message: 'Напишите причину отказа: её прочитает гражданин' }],
    })
  const state = link ? 'linked' : 'refused'
  const request = await store.decideRequest(work, requestId, { state, note: note?.trim() || null })
  if (!request) throw new Problem((await store.requestExists(work, requestId)) ? LinkAlreadyDecided : NotFound)
  if (link) await giveCard(work, request, patientId!)
  else work.note({ patientIds: request.candidateId ? [request.candidateId] : [] })
  return { state }
}

async function giveCard(work: Work, request: store.DecidedRequest, patientId: string): Promise<void> {
  const [card] = await findPatients(work, [patientId])
  if (!card) throw new Problem(PatientNotFound)
  if (request.reason === 'already-linked' && request.candidateId === patientId) await takeBack(work, patientId)
  if (!(await store.insertLink(work, { patientId, accountId: request.accountId, by: 'registrar' })))
    throw new Problem(CardLinkedElsewhere)
  announceLink(work, patientId, 'registrar')
}

/**
 * The registrar was told that the card is another account's (a citizen who has made a new one at Госуслуги) and gives it
 * to this one; the other account learns why it has lost the card.
 */
async function takeBack(work: Work, patientId: string): Promise<void> {
  const formerAccount = await store.deleteLink(work, patientId)
  if (formerAccount === undefined) return
  await store.putRefusal(work, {
    accountId: formerAccount,
    reason: 'already-linked',
    candidateId: patientId,
    note: 'Карту подключили к другой учётной записи Госуслуг по личному обращению в регистратуру.',
  })
}
