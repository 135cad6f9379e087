import type { Appointment } from '../../../contracts/booking.ts'
import { dayOf } from '../../ui/index.ts'

type Status = Appointment['status']
type Kind = 'plain' | 'info' | 'success' | 'warning' | 'error'

const words: Record<Status, { text: string; kind: Kind }> = {
  booked: { text: 'Записан', kind: 'info' },
  arrived: { text: 'Пришёл', kind: 'success' },
  'in-progress': { text: 'На приёме', kind: 'warning' },
  fulfilled: { text: 'Принят', kind: 'plain' },
  'no-show': { text: 'Не пришёл', kind: 'error' },
  cancelled: { text: 'Отменена', kind: 'plain' },
  moved: { text: 'Перенесена', kind: 'plain' },
}

/** What has become of a visit, in a word. */
export const statusWords = (status: Status): { text: string; kind: Kind } => words[status]

/** What the patient answered to a reminder; undefined when nothing, or when it no longer matters. */
export const answerWords = (visit: {
  status: Status
  answer: 'coming' | 'not-coming' | null
}): { text: string; kind: Kind } | undefined =>
  visit.status !== 'booked' || visit.answer === null
    ? undefined
    : visit.answer === 'coming'
      ? { text: 'Ответил: придёт', kind: 'success' }
      : { text: 'Ответил: не придёт', kind: 'warning' }

type VisitAction = 'arrive' | 'not-arrived' | 'no-show' | 'came-after-all' | 'move' | 'cancel'

type Visit = { status: Status; startsAt: string; endsAt: string }

/**
 * What a registrar or the doctor can do with a visit now, the likeliest first. The same rules as the server's (it decides
 * again): arrival is noted from the visit's day on, absence from its beginning, moved and cancelled until its end.
 */
export function actionsFor({ status, startsAt, endsAt }: Visit, zone: string, now: Date): VisitAction[] {
  if (status === 'no-show') return ['came-after-all']
  if (status !== 'booked' && status !== 'arrived') return []
  const dayHasCome = dayOf(startsAt, zone) <= dayOf(now, zone)
  const begun = new Date(startsAt) <= now
  const over = new Date(endsAt) <= now
  const actions: (VisitAction | false)[] = [
    status === 'booked' && dayHasCome && 'arrive',
    status === 'arrived' && 'not-arrived',
    begun && 'no-show',
    !over && 'move',
    !over && 'cancel',
  ]
  return actions.filter((action): action is VisitAction => action !== false)
}
