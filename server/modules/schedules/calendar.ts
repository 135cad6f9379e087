import { addDays, daysFrom, weekdayOf } from '../../platform/time.ts'

/** A day that differs from its weekday. `like`: the weekday whose hours a working weekend has. */
export type CalendarDay = {
  day: string
  kind: 'holiday' | 'short' | 'working'
  like: number | null
  name: string
}

/** Non-working holidays that have a date, month and day (ст. 112 ТК РФ, ч. 1). */
const HOLIDAYS: Readonly<Record<string, string>> = {
  '01-01': 'Новогодние каникулы',
  '01-02': 'Новогодние каникулы',
  '01-03': 'Новогодние каникулы',
  '01-04': 'Новогодние каникулы',
  '01-05': 'Новогодние каникулы',
  '01-06': 'Новогодние каникулы',
  '01-07': 'Рождество Христово',
  '01-08': 'Новогодние каникулы',
  '02-23': 'День защитника Отечества',
  '03-08': 'Международный женский день',
  '05-01': 'Праздник Весны и Труда',
  '05-09': 'День Победы',
  '06-12': 'День России',
  '11-04': 'День народного единства',
}

/**
 * The production calendar of a year as far as the law itself gives it: holidays of ст. 112 ТК РФ ч. 1; when one (not of
 * January) falls on a weekend, the next working day is a day off (ч. 2); the working day before a holiday is an hour
 * shorter (ст. 95). Which days the Government moves (ч. 5) no rule tells: they come with an imported calendar.
 */
export function statutoryCalendar(year: number): CalendarDay[] {
  const names = new Map(Object.entries(HOLIDAYS).map(([date, name]) => [`${year}-${date}`, name]))
  const isOff = (day: string) => weekdayOf(day) > 5 || names.has(day)
  for (const [day, name] of names) {
    if (weekdayOf(day) <= 5 || day.slice(5, 7) === '01') continue
    let next = addDays(day, 1)
    while (isOff(next)) next = addDays(next, 1)
    names.set(next, `Выходной за ${day.split('-').reverse().join('.')}: ${name}`)
  }
  const holidays = [...names].map(([day, name]): CalendarDay => ({ day, kind: 'holiday', like: null, name }))
  const statutory = (day: string) => HOLIDAYS[day.slice(5)] !== undefined
  const short = daysFrom(`${year}-01-01`, `${year}-12-31`)
    .filter((day) => !isOff(day) && !names.has(day) && statutory(addDays(day, 1)))
    .map((day): CalendarDay => ({ day, kind: 'short', like: null, name: 'Предпраздничный день' }))
  return [...holidays, ...short].sort((a, b) => (a.day < b.day ? -1 : 1))
}
