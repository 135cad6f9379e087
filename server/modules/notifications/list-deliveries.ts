import type { Delivery, listDeliveries as contract } from '../../../contracts/notifications.ts'
import type { InputOf, ReplyOf } from '../../../contracts/endpoint.ts'
import { addDays, startOfLocalDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import type { NotificationSettings } from './ports.ts'
import { masked } from './rules.ts'
import { deliveriesBy, type DeliveryRow } from './store-deliveries.ts'
import { kindTitle } from './texts.ts'

const PAGE = 50

/** The journal of deliveries for the administrator, newest first; days by the region's clock. No names, masked addresses. */
export async function listDeliveries(
  work: Work,
  settings: NotificationSettings,
  { channel, state, from, to, before }: InputOf<typeof contract>['query'],
): Promise<ReplyOf<typeof contract>> {
  const zone = settings.timeZone
  const rows = await deliveriesBy(
    work,
    {
      channel,
      state,
      before,
      from: from && startOfLocalDay(zone, from),
      until: to && startOfLocalDay(zone, addDays(to, 1)),
    } as Parameters<typeof deliveriesBy>[1],
    PAGE + 1,
  )
  const page = rows.slice(0, PAGE)
  return {
    deliveries: page.map(describe),
    next: rows.length > PAGE ? page.at(-1)!.id : null,
    connected: settings.delivering.connected,
  }
}

const describe = (row: DeliveryRow): Delivery => ({
  id: row.id,
  kind: row.kind,
  title: kindTitle(row.kind),
  channel: row.channel,
  address: masked(row.channel, row.address),
  state: row.state,
  attempts: row.attempts,
  createdAt: row.createdAt.toISOString(),
  notBefore: row.notBefore.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
  reason: row.reason,
  reference: row.reference,
})
