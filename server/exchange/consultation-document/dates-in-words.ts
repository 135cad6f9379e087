const formats = new Map<string, Intl.DateTimeFormat>()

/** Formatters are dear to make (tens of ms for the first) and few: one per zone and look. */
function formatOf(timeZone: string, look: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${JSON.stringify(look)}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat('ru-RU', { timeZone, ...look })
  formats.set(key, made)
  return made
}

const toTheMinute = { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const
const inFull = { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const

/** «24.11.2026, 09:15» by the clocks of the zone. */
export const instantIn =
  (timeZone: string) =>
  (at: Date): string =>
    formatOf(timeZone, toTheMinute).format(at)

/** «24 ноября 2026, 09:15» by the clocks of the zone. */
export function dayInFull(at: Date, timeZone: string): string {
  const parts = new Map(
    formatOf(timeZone, inFull)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  return `${part('day')} ${part('month')} ${part('year')}, ${part('hour')}:${part('minute')}`
}

/** '1968-03-09' as «09.03.1968». */
export const plainDate = (day: string): string => day.split('-').reverse().join('.')

const plural = new Intl.PluralRules('ru-RU')
const counted = (n: number, one: string, few: string, many: string): string =>
  `${n} ${{ one, few, many }[plural.select(n) as 'one' | 'few' | 'many'] ?? many}`

/** Age on a day, both 'YYYY-MM-DD': «58 лет»; under a year in months, under a month in days. */
export function ageInWords(birthDate: string, day: string): string {
  const months = monthsBetween(birthDate, day)
  if (months >= 12) return counted(Math.floor(months / 12), 'год', 'года', 'лет')
  if (months >= 1) return counted(months, 'месяц', 'месяца', 'месяцев')
  const days = Math.max(0, Math.round((Date.parse(day) - Date.parse(birthDate)) / 86_400_000))
  return counted(days, 'день', 'дня', 'дней')
}

function monthsBetween(from: string, to: string): number {
  const [y1 = 0, m1 = 0, d1 = 0] = from.split('-').map(Number)
  const [y2 = 0, m2 = 0, d2 = 0] = to.split('-').map(Number)
  return (y2 - y1) * 12 + (m2 - m1) - (d2 < d1 ? 1 : 0)
}
