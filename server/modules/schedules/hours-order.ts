import type { Hours } from './pattern.ts'

/** Dates last, weekdays before days of the cycle, each by time; «every» is what is not said. */
export function inOrder(hours: readonly Hours[]): Hours[] {
  const place = (h: Hours) =>
    `${h.date ?? ''} ${String(h.cycleDay ?? 0).padStart(2, '0')} ${h.weekday ?? 0} ${h.starts}`
  return hours
    .map(({ on, ...h }) => (on === undefined || on === 'every' ? h : { ...h, on }))
    .sort((a, b) => (place(a) < place(b) ? -1 : 1))
}
