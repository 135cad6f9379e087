import type { Schedule, ScheduleChange, VisitKind } from '../../../contracts/schedules.ts'
import { count, dateDigits } from '../../ui/index.ts'
import {
  agesWords,
  byWeekday,
  channelWords,
  hoursWords,
  kindWords,
  otherHours,
  weekdayNames,
} from '../organisation/weekly-hours.ts'

export const changeKinds: Record<ScheduleChange['kind'], string> = {
  created: 'График создан',
  edited: 'График изменён',
  substitute: 'График замещающего врача',
}

const minutes = (n: number) => count(n, ['минута', 'минуты', 'минут'])
const yes = (is: boolean) => (is ? 'да' : 'нет')
const sexes = { male: 'мужчины', female: 'женщины' }
/** Hours in words, each line «Понедельник: 08:00–14:00»; days without hours are left out. */
const hoursLines = (hours: Schedule['hours']): string[] => [
  ...byWeekday(hours).flatMap((list, i) => (list.length > 0 ? [`${weekdayNames[i]}: ${hoursWords(list)}`] : [])),
  ...otherHours(hours).map(({ when, hours: list }) => `${when}: ${hoursWords(list)}`),
]

type Words = { [F in keyof Schedule]?: { title: string; of: (value: Schedule[F]) => string } }

/** What a timetable says, field by field; ids mean nothing to a reader, and a room is named by whoever knows it. */
const words: Words = {
  hours: { title: 'Часы', of: (value) => hoursLines(value).join('; ') || 'нет' },
  slotMinutes: { title: 'Один приём', of: minutes },
  breaks: { title: 'Перерывы', of: (value) => hoursWords(value) },
  lengths: {
    title: 'Длительность по видам',
    of: (value) =>
      Object.entries(value)
        .map(([kind, n]) => `${kindWords[kind as VisitKind]}: ${minutes(n)}`)
        .join(', ') || 'одинаковая',
  },
  channels: { title: 'Записывают', of: channelWords },
  quotas: {
    title: 'Квоты',
    of: (value) => value.map(({ channel, share }) => `${channelWords([channel])}: ${share} %`).join(', ') || 'нет',
  },
  quotaHours: { title: 'Квоты открываются всем за', of: (value) => count(value, ['час', 'часа', 'часов']) },
  sex: { title: 'Пол пациентов', of: (value) => (value ? sexes[value] : 'любой') },
  attachedOnly: { title: 'Только прикреплённым', of: yes },
  referralNeeded: { title: 'Нужно направление', of: yes },
  worksOnHolidays: { title: 'Приём в праздники', of: yes },
  cycle: {
    title: 'Цикл',
    of: (value) =>
      value ? `${count(value.days, ['день', 'дня', 'дней'])} с ${dateDigits(value.from)}` : 'по дням недели',
  },
  daysOff: { title: 'Дни без приёма', of: (value) => value.map(dateDigits).join(', ') || 'нет' },
  validFrom: { title: 'Действует с', of: dateDigits },
  validUntil: { title: 'Действует по', of: (value) => (value ? dateDigits(value) : 'без срока') },
}

export type Line = { title: string; before: string | null; after: string | null }

/** What differs between two states in words, one line a field; ages are told together. Null: there was no timetable. */
export function differenceWords(before: Schedule | null, after: Schedule | null): Line[] {
  const line = (title: string, of: (schedule: Schedule) => string): Line => ({
    title,
    before: before && of(before),
    after: after && of(after),
  })
  const lines = [
    ...(Object.keys(words) as (keyof Schedule)[]).map((field) => {
      const { title, of } = words[field] as { title: string; of: (value: unknown) => string }
      return line(title, (schedule) => of(schedule[field]))
    }),
    line('Возраст пациентов', (schedule) => agesWords(schedule.ageFrom, schedule.ageTo)),
  ]
  return lines.filter((l) => l.before !== l.after)
}
