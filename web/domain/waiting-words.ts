import type { WaitingEntry } from '../../contracts/waiting.ts'
import { count, dateWords } from '../ui/index.ts'

/** Hours of the day that one waits for, as people call them. */
export const partsOfDay = [
  { value: 'any', label: 'Любое', fromTime: null, untilTime: null },
  { value: 'morning', label: 'Утро', fromTime: null, untilTime: '12:00' },
  { value: 'day', label: 'День', fromTime: '12:00', untilTime: '17:00' },
  { value: 'evening', label: 'Вечер', fromTime: '17:00', untilTime: null },
] as const
export type PartOfDay = (typeof partsOfDay)[number]['value']

type Hours = Pick<WaitingEntry, 'fromTime' | 'untilTime'>
type Days = Pick<WaitingEntry, 'firstDay' | 'lastDay'>

/** «любое время», «до 12:00», «с 17:00», «с 12:00 до 17:00». */
export function hoursWords({ fromTime, untilTime }: Hours): string {
  const words = [fromTime && `с\u00a0${fromTime}`, untilTime && `до\u00a0${untilTime}`].filter(Boolean)
  return words.length > 0 ? words.join(' ') : 'любое время'
}

/** «25 ноября – 9 декабря», «25 ноября»; the year only when it is another. */
export function periodWords({ firstDay, lastDay }: Days, thisYear: number): string {
  if (firstDay === lastDay) return dateWords(firstDay, thisYear)
  return `${dateWords(firstDay, thisYear)}\u00a0– ${dateWords(lastDay, thisYear)}`
}

/** «Вы первые в очереди», «Вы 3-й в очереди из 8». */
export const placeWords = ({ place, waiting }: Pick<WaitingEntry, 'place' | 'waiting'>): string =>
  waiting === 1 ? 'В очереди больше никого' : `${place}-е место из ${waiting}`

/** When a time is likely to come; honest about not knowing. */
export function expectationWords(days: number | null): string {
  if (days === null) return 'Когда освободится время, пока неизвестно: отмен было слишком мало'
  if (days <= 1) return 'Обычно время освобождается за день'
  if (days > 60) return 'Время освобождается редко: ждать можно больше двух месяцев'
  return `Обычно ждут около ${count(days, ['дня', 'дней', 'дней'])}`
}
