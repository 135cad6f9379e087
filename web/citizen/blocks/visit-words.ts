import type { Appointment } from '../../../contracts/booking.ts'

type Kind = 'plain' | 'info' | 'success' | 'warning' | 'error'

const statuses: Record<Appointment['status'], { word: string; kind: Kind }> = {
  booked: { word: 'Вы записаны', kind: 'success' },
  arrived: { word: 'Вы отмечены в регистратуре', kind: 'info' },
  'in-progress': { word: 'Приём идёт', kind: 'info' },
  fulfilled: { word: 'Приём состоялся', kind: 'plain' },
  'no-show': { word: 'Вы не пришли', kind: 'warning' },
  cancelled: { word: 'Отменена', kind: 'plain' },
  moved: { word: 'Перенесена', kind: 'plain' },
}

/** The state of a visit as its patient reads it. */
export const statusWords = (status: Appointment['status']): { word: string; kind: Kind } => statuses[status]

/** Whether there is still something ahead: the ticket is of use, the visit may be changed. */
export const isAhead = (visit: Appointment): boolean => visit.status === 'booked' || visit.status === 'arrived'
