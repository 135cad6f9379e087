/**
 * Days and times of day in a time zone, with nothing but Intl. An instant is a Date; a day is 'YYYY-MM-DD'; a time of
 * day is 'HH:MM'; a zone is an IANA name. Nothing here depends on the machine's own zone.
 */
const MINUTE = 60_000
const DAY = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(zone, made)
  return made
}

/** The wall clock at an instant, as if it were UTC: epoch milliseconds. */
function wallClock(instant: number, zone: string): number {
  const p: Record<string, number> = {}
  for (const part of formatOf(zone).formatToParts(instant)) p[part.type] = Number(part.value)
  return Date.UTC(p['year']!, p['month']! - 1, p['day']!, p['hour']!, p['minute']!, p['second']!)
}

/** Offset of the zone from UTC at an instant, milliseconds, east positive. Throws RangeError for an unknown zone. */
export function offsetAt(zone: string, instant: Date): number {
  const whole = Math.floor(instant.getTime() / 1000) * 1000
  return wallClock(whole, zone) - whole
}

/** Whether the name is an IANA zone that this machine knows. */
export function isTimeZone(zone: string): boolean {
  try {
    formatOf(zone)
    return true
  } catch {
    return false
  }
}

/** The calendar day of an instant in a zone. */
export const localDay = (instant: Date, zone: string): string =>
  new Date(instant.getTime() + offsetAt(zone, instant)).toISOString().slice(0, 10)

/** The wall clock of an instant in a zone, 'HH:MM'. */
export const localTime = (instant: Date, zone: string): string =>
  new Date(instant.getTime() + offsetAt(zone, instant)).toISOString().slice(11, 16)

/** The day `count` days later (earlier when negative). */
export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY).toISOString().slice(0, 10)

/** ISO weekday of a day: 1 = Monday … 7 = Sunday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7

/** Every day from the first to the last, both included; none when the last is earlier. */
export function daysFrom(first: string, last: string): string[] {
  const days: string[] = []
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day)
  return days
}

/**
 * The instant at which the clocks of a zone show this day and time. When the clocks are put back and show it twice, the
 * first; when they are put forward past it, the same time by the clock that was valid before (02:30 → 03:30).
 */
export function instantOf(zone: string, day: string, time: string): Date {
  const wall = Date.parse(`${day}T${time}:00Z`)
  const [before, after] = offsetsAround(zone, wall)
  const shown = [wall - before, wall - after].filter((t) => wallClock(t, zone) === wall)
  return new Date(shown.length > 0 ? Math.min(...shown) : wall - before)
}

/** The first instant of a day in a zone. Where midnight is skipped, it is the moment the clocks were put forward. */
export function startOfLocalDay(zone: string, day: string): Date {
  const wall = Date.parse(`${day}T00:00:00Z`)
  const [before, after] = offsetsAround(zone, wall)
  const shown = [wall - before, wall - after].filter((t) => wallClock(t, zone) === wall)
  if (shown.length > 0) return new Date(Math.min(...shown))
  let [early, late] = [wall - after, wall - before]
  while (late - early > 1000) {
    const middle = Math.floor((early + late) / 2000) * 1000
    if (wallClock(middle, zone) < wall) early = middle
    else late = middle
  }
  return new Date(late)
}

/** Offsets that can be valid when the clocks show `wall`: of a day before and of a day after. No zone changes twice in two days. */
function offsetsAround(zone: string, wall: number): [number, number] {
  return [offsetAt(zone, new Date(wall - DAY)), offsetAt(zone, new Date(wall + DAY))]
}

/** Moments in [from, to) at which the zone changes its offset, with the offsets (milliseconds) before and after. */
export function offsetChanges(zone: string, from: Date, to: Date): { at: Date; before: number; after: number }[] {
  const changes: { at: Date; before: number; after: number }[] = []
  const end = to.getTime()
  for (let t = from.getTime(); t < end; t += DAY) {
    const next = Math.min(t + DAY, end)
    const [before, after] = [offsetAt(zone, new Date(t)), offsetAt(zone, new Date(next))]
    if (before === after) continue
    let [early, late] = [t, next]
    while (late - early > 1000) {
      const middle = Math.floor((early + late) / 2000) * 1000
      if (offsetAt(zone, new Date(middle)) === before) early = middle
      else late = middle
    }
    changes.push({ at: new Date(late), before, after })
  }
  return changes
}

/** The instant so many minutes later. */
export const minutesLater = (instant: Date, minutes: number): Date => new Date(instant.getTime() + minutes * MINUTE)
