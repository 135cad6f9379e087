import type { Static } from 'typebox'
import type { ActionRow } from '../../../contracts/journal.ts'

export type Action = Static<typeof ActionRow>

const roles: Record<string, string> = {
  citizen: 'пациент',
  registrar: 'регистратор',
  doctor: 'врач',
  head: 'заведующий',
  administrator: 'администратор',
  'security-officer': 'специалист по безопасности',
  system: 'система',
  anonymous: 'без входа',
}
export const actorWords = (role: string): string => roles[role] ?? role

const grounds: Record<string, string> = {
  self: 'сам пациент',
  representative: 'представитель',
  appointment: 'запись на приём',
  case: 'случай обслуживания',
  attachment: 'прикрепление',
  registration: 'регистратура',
  duty: 'должность',
  ticket: 'предъявлен талон',
}
export const groundsWords = (code: string | null): string => (code === null ? '—' : (grounds[code] ?? code))

const outcomes: Record<Action['outcome'], { text: string; kind: 'success' | 'warning' | 'error' }> = {
  done: { text: 'выполнено', kind: 'success' },
  refused: { text: 'отказано', kind: 'warning' },
  failed: { text: 'сбой', kind: 'error' },
}
export const outcomeWords = (outcome: Action['outcome']) => outcomes[outcome]

export const outcomeOptions = [
  { value: 'done', label: 'Выполнено' },
  { value: 'refused', label: 'Отказано' },
  { value: 'failed', label: 'Сбой' },
]

/** The first and last characters of an id: enough to compare by eye. */
export const shortId = (id: string): string => (id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id)

export type JournalFilter = {
  from?: string
  to?: string
  operation?: string
  outcome?: Action['outcome']
  actorId?: string
  patientId?: string
}

const shapes: Record<keyof JournalFilter, RegExp> = {
  from: /^\d{4}-\d{2}-\d{2}$/,
  to: /^\d{4}-\d{2}-\d{2}$/,
  operation: /^[a-z]+\.[a-z-]{1,70}$/,
  outcome: /^(done|refused|failed)$/,
  actorId: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  patientId: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
}

/** The filter in an address; what does not look right is left out. */
export function readFilter(search: URLSearchParams): JournalFilter {
  const names = Object.keys(shapes) as (keyof JournalFilter)[]
  const pairs = names.flatMap((name) => {
    const value = search.get(name)
    return value !== null && shapes[name].test(value) ? [[name, value]] : []
  })
  return Object.fromEntries(pairs) as JournalFilter
}
