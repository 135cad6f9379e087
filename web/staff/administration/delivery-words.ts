import type { Delivery } from '../../../contracts/notifications.ts'

type Kind = 'plain' | 'info' | 'success' | 'warning' | 'error'

export const channelWords: Record<Delivery['channel'], string> = { email: 'почта', sms: 'SMS', push: 'браузер' }

const states: Record<Delivery['state'], { text: string; kind: Kind }> = {
  waiting: { text: 'Ждёт', kind: 'info' },
  sending: { text: 'Отправляется', kind: 'info' },
  accepted: { text: 'Принято', kind: 'success' },
  refused: { text: 'Отказ', kind: 'error' },
  'given-up': { text: 'Не удалось', kind: 'error' },
  'not-needed': { text: 'Не понадобилось', kind: 'plain' },
}

/** What became of a message, in a word. */
export const stateWords = (state: Delivery['state']): { text: string; kind: Kind } => states[state]

export const channelOptions = Object.entries(channelWords).map(([value, label]) => ({ value, label }))
export const stateOptions = Object.entries(states).map(([value, { text }]) => ({ value, label: text }))

export type DeliveryFilter = {
  channel?: Delivery['channel']
  state?: Delivery['state']
  from?: string
  to?: string
}

const plainDate = /^\d{4}-\d{2}-\d{2}$/

/** The filter in an address; what is not one of ours is left out. */
export function readFilter(search: URLSearchParams): DeliveryFilter {
  const filter: DeliveryFilter = {}
  const [channel, state, from, to] = ['channel', 'state', 'from', 'to'].map((name) => search.get(name))
  if (channel && Object.hasOwn(channelWords, channel)) filter.channel = channel as Delivery['channel']
  if (state && Object.hasOwn(states, state)) filter.state = state as Delivery['state']
  if (from && plainDate.test(from)) filter.from = from
  if (to && plainDate.test(to)) filter.to = to
  return filter
}
