import { useEffect, useMemo, useRef } from 'react'
import { listDayVisits, type DayVisit } from '../../../contracts/day-visits.ts'
import type { ReplyOf } from '../../../contracts/endpoint.ts'
import { showDayGrid } from '../../../contracts/schedules.ts'
import { call, queryKey, useLive, useRead } from '../../api/index.ts'
import { queryClient } from '../query-client.ts'
import { useSession } from '../session.tsx'

const TOGETHER_MS = 400
type Visits = ReplyOf<typeof listDayVisits>

/**
 * The grid of a day and who is booked in it, kept fresh. Every reading of names is written to the patients' journals, so
 * of a change only the doctor it touches is read anew, not the whole day of everybody.
 */
export function useDay(day: string, specialty: string) {
  const { me } = useSession()
  const organizationId = me.organizationId ?? ''
  const params = { organizationId }
  const readsNames = me.role === 'registrar' || me.role === 'head'
  const grid = useRead(
    showDayGrid,
    { params, query: { day, ...(specialty && { specialty }) } },
    { enabled: organizationId !== '', keepPrevious: true },
  )
  const names = useRead(listDayVisits, { params, query: { day } }, { enabled: readsNames && organizationId !== '' })
  const changed = useRef(new Set<string>())
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  useLive(organizationId ? [`slots/${organizationId}`] : [], [showDayGrid], ({ type, staffId }) => {
    if (!readsNames || typeof staffId !== 'string' || !/^booking\.(?!held|released)/.test(type)) return
    changed.current.add(staffId)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      for (const id of changed.current) void readOne(organizationId, day, id)
      changed.current.clear()
    }, TOGETHER_MS)
  })
  const visits = useMemo(() => new Map(names.data?.visits.map((visit) => [visit.appointmentId, visit])), [names.data])
  useUnknown(grid.data, visits, names.isFetching || !readsNames ? undefined : () => void names.refetch())
  return { grid, visits, readsNames }
}

/** One doctor's visits of the day take the place of what was known of them. */
async function readOne(organizationId: string, day: string, staffId: string): Promise<void> {
  const params = { organizationId }
  const { visits } = await call(listDayVisits, { params, query: { day, staffId } }).catch(() => ({ visits: undefined }))
  if (!visits) return
  queryClient.setQueryData<Visits>(queryKey(listDayVisits, { params, query: { day } }), (known) => {
    if (!known) return known
    const others = known.visits.filter((visit) => visit.staffId !== staffId)
    return { ...known, visits: [...others, ...visits].toSorted((a, b) => a.startsAt.localeCompare(b.startsAt)) }
  })
}

/** A booked time of a visit that is not known: something was missed, and all is read once for this state of the grid. */
function useUnknown(
  grid: ReplyOf<typeof showDayGrid> | undefined,
  visits: ReadonlyMap<string, DayVisit>,
  readAll: (() => void) | undefined,
): void {
  const asked = useRef<unknown>(undefined)
  useEffect(() => {
    if (!grid || !readAll || asked.current === grid || visits.size === 0) return
    const unknown = grid.columns.some((c) => c.slots.some((s) => s.appointmentId && !visits.has(s.appointmentId)))
    if (!unknown) return
    asked.current = grid
    // What is being read because of the very same event has the time to come first.
    const timer = setTimeout(readAll, TOGETHER_MS * 4)
    return () => clearTimeout(timer)
  }, [grid, visits, readAll])
}
