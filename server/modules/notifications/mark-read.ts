import { NotificationNotFound } from '../../../contracts/notifications.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { ownAndWards } from '../patients/index.ts'
import * as store from './store.ts'

/** How many notifications of everybody this citizen acts for nobody of them has read. */
export async function countUnread(work: Work): Promise<{ unread: number }> {
  const cards = await ownAndWards(work)
  return { unread: await store.countUnread(work, cards.map(idOf)) }
}

/** Marks one notification as read, for everybody who acts for the patient. Throws NotificationNotFound. */
export async function markRead(
  work: Work,
  { patientId, notificationId }: { patientId: string; notificationId: string },
): Promise<{ unread: number }> {
  work.note({ patientId, objectType: 'notification', objectId: notificationId })
  const cards = await ownAndWards(work)
  const card = cards.find(({ id }) => id === patientId)
  if (!card || !(await store.hasNotification(work, patientId, notificationId))) throw new Problem(NotificationNotFound)
  work.note({ grounds: card.isOwn ? 'self' : 'representative' })
  tellRead(work, await store.markRead(work, [patientId], notificationId))
  return { unread: await store.countUnread(work, cards.map(idOf)) }
}

/** Marks everything as read. */
export async function markAllRead(work: Work): Promise<{ unread: number }> {
  const cards = await ownAndWards(work)
  const changed = await store.markRead(work, cards.map(idOf), undefined)
  work.note({ patientIds: changed, grounds: 'self' })
  tellRead(work, changed)
  return { unread: 0 }
}

const idOf = ({ id }: { id: string }): string => id

/** Bells on other open pages are right at once. */
function tellRead(work: Work, patientIds: readonly string[]): void {
  for (const patientId of patientIds)
    work.announce({ type: 'notifications.read', key: patientId, topics: [`patient/${patientId}`], payload: {} })
}
