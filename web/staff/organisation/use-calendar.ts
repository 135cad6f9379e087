import { useMemo } from 'react'
import { listCalendar } from '../../../contracts/schedules.ts'
import { useRead } from '../../api/index.ts'
import { addDays } from '../../ui/index.ts'

/** What the production calendar says of some weeks: whose hours a day has (null: nobody's), and what the day is called. */
export function useCalendar(monday: string, weeks: number) {
  const first = monday.slice(0, 4)
  const last = addDays(monday, weeks * 7 - 1).slice(0, 4)
  const own = useRead(listCalendar, { params: { year: first } })
  const next = useRead(listCalendar, { params: { year: last } }, { enabled: last !== first })
  return useMemo(() => {
    const days = [...(own.data?.days ?? []), ...(next.data?.days ?? [])]
    const likes = new Map<string, number | null>()
    for (const { day, kind, like } of days) {
      if (kind === 'holiday') likes.set(day, null)
      else if (kind === 'working' && like !== null) likes.set(day, like)
    }
    return { likes, names: new Map(days.map(({ day, name }) => [day, name])) }
  }, [own.data, next.data])
}
