import type { Schedule, WorkingHours } from '../../../contracts/schedules.ts'

export type Hours = WorkingHours

export const weekdayNames = ['Понедельник', 'Вторник', 'Среда', 'Четверг', 'Пятница', 'Суббота', 'Воскресенье']

/** Hours of every week by its day, Monday first; a day without hours has none. What repeats otherwise: `otherHours`. */
export const byWeekday = (hours: readonly Hours[]): Hours[][] =>
  weekdayNames.map((_, i) =>
    hours.filter((h) => h.weekday === i + 1 && isEveryWeek(h)).sort((a, b) => a.starts.localeCompare(b.starts)),
  )

const isEveryWeek = (h: Hours): boolean => h.weekday !== undefined && (h.on ?? 'every') === 'every'

const which: Record<NonNullable<Hours['on']>, string> = {
  every: 'каждая неделя',
  'odd-weeks': 'нечётные недели',
  'even-weeks': 'чётные недели',
  'odd-dates': 'нечётные числа',
  'even-dates': 'чётные числа',
}

/** Hours that do not repeat every week, each with when it applies: «Вторник, чётные недели», «2-й день цикла», a date. */
export const otherHours = (hours: readonly Hours[]): { when: string; hours: Hours[] }[] => {
  const byWhen = new Map<string, Hours[]>()
  for (const h of hours.filter((x) => !isEveryWeek(x))) {
    const when =
      h.date !== undefined
        ? h.date.split('-').reverse().join('.')
        : h.cycleDay !== undefined
          ? `${h.cycleDay}-й день цикла`
          : `${weekdayNames[h.weekday! - 1]}, ${which[h.on!]}`
    byWhen.set(when, [...(byWhen.get(when) ?? []), h])
  }
  return [...byWhen].map(([when, list]) => ({ when, hours: list }))
}

/** «08:00–14:00, 15:00–17:00», or a dash. */
export const hoursWords = (hours: readonly Hours[]): string =>
  hours.map(({ starts, ends }) => `${starts}–${ends}`).join(', ') || '—'

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** How many whole times the hours hold that repeat every week. */
export const timesInWeek = (hours: readonly Hours[], slotMinutes: number): number =>
  slotMinutes > 0
    ? hours
        .filter(isEveryWeek)
        .reduce((sum, h) => sum + Math.max(0, Math.floor((minutesOf(h.ends) - minutesOf(h.starts)) / slotMinutes)), 0)
    : 0

const channels: Record<Schedule['channels'][number], string> = {
  portal: 'пациенты сами',
  'call-centre': 'колл-центр',
  registrar: 'регистратура',
  doctor: 'врач',
  system: 'другие системы',
}
export const channelWords = (list: Schedule['channels']): string => list.map((c) => channels[c]).join(', ')

/** «с 18 лет», «до 17 лет», «всех возрастов». */
export function agesWords(from: number, to: number): string {
  if (from === 0 && to >= 150) return 'всех возрастов'
  if (to >= 150) return `с ${from} лет`
  return from === 0 ? `до ${to} лет включительно` : `с ${from} до ${to} лет включительно`
}

/** What is wrong with the hours as typed, by their place in the list. The server checks again, other timetables too. */
export function hoursFlaws(hours: readonly Hours[], slotMinutes: number): Record<number, string> {
  const flaws: Record<number, string> = {}
  hours.forEach((h, i) => {
    if (!h.starts || !h.ends) flaws[i] = 'Введите начало и конец'
    else if (h.ends <= h.starts) flaws[i] = 'Конец должен быть позже начала'
    else if (minutesOf(h.ends) - minutesOf(h.starts) < slotMinutes) flaws[i] = 'В эти часы не помещается ни один приём'
    else if (hours.some((o, j) => j < i && o.weekday === h.weekday && o.starts < h.ends && h.starts < o.ends))
      flaws[i] = 'Часы этого дня пересекаются'
  })
  return flaws
}

/** The hours of one day given to the other working days, in place of what they had. */
export const copiedToWorkdays = (hours: readonly Hours[], weekday: number): Hours[] => {
  const model = hours.filter((h) => h.weekday === weekday)
  const weekend = hours.filter((h) => h.weekday === undefined || h.weekday > 5)
  return [...[1, 2, 3, 4, 5].flatMap((day) => model.map((h) => ({ ...h, weekday: day }))), ...weekend]
}
