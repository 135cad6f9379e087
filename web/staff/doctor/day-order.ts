import type { DayVisit } from '../../../contracts/day-visits.ts'

type Group = { title: string; visits: DayVisit[] }

const groups: readonly { title: string; statuses: readonly DayVisit['status'][] }[] = [
  { title: 'На приёме', statuses: ['in-progress'] },
  { title: 'Пришли и ждут', statuses: ['arrived'] },
  { title: 'Записаны', statuses: ['booked'] },
  { title: 'Приняты', statuses: ['fulfilled'] },
  { title: 'Не пришли', statuses: ['no-show'] },
]

/**
 * A doctor's day in the order in which it needs the doctor: whoever is being seen, those who wait, those who will come,
 * and then what is done. Within each by time. Cancelled and moved visits are nobody's work any more.
 */
export const groupsOf = (visits: readonly DayVisit[]): Group[] =>
  groups.flatMap(({ title, statuses }) => {
    const own = visits
      .filter((visit) => statuses.includes(visit.status))
      .toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))
    return own.length > 0 ? [{ title, visits: own }] : []
  })

/** How many of the day's patients have been seen, of how many are expected. */
export function progressOf(visits: readonly DayVisit[]): { seen: number; all: number } {
  const expected = visits.filter((v) => v.status !== 'cancelled' && v.status !== 'moved')
  return { seen: expected.filter((v) => v.status === 'fulfilled').length, all: expected.length }
}
