import type { listNotifications as contract, Notification } from '../../../contracts/notifications.ts'
import type { ReplyOf } from '../../../contracts/endpoint.ts'
import type { Work } from '../../platform/work.ts'
import { ownAndWards } from '../patients/index.ts'
import { factsOf, readVisits } from './facts.ts'
import type { Data } from './kinds.ts'
import { notificationsOf, type NotificationRow } from './store.ts'
import { shownWords } from './texts.ts'

const PAGE = 30

/** What concerns everybody this citizen acts for, newest first, in words. Three packets whatever the length. */
export async function listNotifications(work: Work, before: string | undefined): Promise<ReplyOf<typeof contract>> {
  const cards = await ownAndWards(work)
  const rows = await notificationsOf(
    work,
    cards.map((card) => card.id),
    before,
    PAGE + 1,
  )
  const page = rows.slice(0, PAGE)
  work.note({ patientIds: [...new Set(page.map((row) => row.patientId))], grounds: 'self' })
  const visits = await readVisits(
    work,
    page.map((row) => row.data),
  )
  const wards = new Map(cards.filter((card) => !card.isOwn).map((card) => [card.id, card.firstName]))
  return {
    notifications: page.map((row) => describe(row, visits, wards.get(row.patientId) ?? null)),
    next: rows.length > PAGE ? page.at(-1)!.id : null,
  }
}

function describe(
  row: NotificationRow,
  visits: Awaited<ReturnType<typeof readVisits>>,
  about: string | null,
): Notification {
  return {
    id: row.id,
    patientId: row.patientId,
    about,
    kind: row.kind,
    ...shownWords(row.kind, { ...factsOf(row.data, visits), about, url: '' }),
    createdAt: row.createdAt.toISOString(),
    readAt: row.readAt?.toISOString() ?? null,
    link: linkOf(row.data),
  }
}

function linkOf({ documentId, appointmentId }: Data): Notification['link'] {
  if (documentId) return { to: 'document', id: documentId }
  return appointmentId ? { to: 'visit', id: appointmentId } : { to: 'profile', id: null }
}
