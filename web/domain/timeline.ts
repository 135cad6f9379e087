import type { TimelineEntry } from '../../contracts/chart.ts'
import { addDays, dayOf } from '../ui/index.ts'

/** One visit with everything that came of it, or a fact that belongs to none. */
export type Happening = {
  key: string
  at: string
  timeZone: string
  title: string
  organizationName: string
  doctorName: string | null
  documentId: string | null
  diagnoses: TimelineEntry[]
  services: TimelineEntry[]
  measurements: TimelineEntry[]
  others: TimelineEntry[]
}

const places: Record<string, 'diagnoses' | 'services' | 'measurements'> = {
  Condition: 'diagnoses',
  Procedure: 'services',
  Observation: 'measurements',
}

/**
 * Facts of one visit put together, newest first: a person remembers visits, not resources. While there is more to come,
 * the last visit may have the rest of its facts on the next page: shown now it would be a visit without its diagnosis,
 * so it waits for them, unless it is all there is.
 */
export function happeningsOf(entries: readonly TimelineEntry[], hasMore = false): Happening[] {
  const found = new Map<string, Happening>()
  for (const entry of entries) {
    const key = keyOf(entry)
    const happening = found.get(key) ?? begin(key, entry)
    found.set(key, happening)
    happening.documentId ??= entry.documentId
    happening.doctorName ??= entry.doctorName
    if (entry.kind === 'Encounter') Object.assign(happening, { title: entry.title, at: entry.at })
    else if (entry.kind in places) happening[places[entry.kind]!].push(entry)
    else if (entry.kind !== 'DocumentReference' || !entry.visitId) happening.others.push(entry)
  }
  const last = entries.at(-1)
  if (hasMore && last && found.size > 1) found.delete(keyOf(last))
  return [...found.values()]
}

const keyOf = (entry: TimelineEntry): string => entry.visitId ?? entry.id

const begin = (key: string, entry: TimelineEntry): Happening => ({
  key,
  at: entry.at,
  timeZone: entry.timeZone,
  title: entry.visitId ? 'Приём' : entry.title,
  organizationName: entry.organizationName,
  doctorName: entry.doctorName,
  documentId: entry.documentId,
  diagnoses: [],
  services: [],
  measurements: [],
  others: [],
})

/** Kinds of facts a person may want alone; the words of the filter. */
export const kinds = [
  { value: '', label: 'Всё' },
  { value: 'Encounter', label: 'Приёмы' },
  { value: 'Condition', label: 'Диагнозы' },
  { value: 'Procedure', label: 'Услуги' },
  { value: 'Observation', label: 'Измерения' },
  { value: 'DocumentReference', label: 'Документы' },
] as const

export const periods = [
  { value: '', label: 'За всё время' },
  { value: 'month', label: 'За последний месяц' },
  { value: 'quarter', label: 'За три месяца' },
  { value: 'year', label: 'За год' },
] as const

const lengths: Record<string, number> = { month: 30, quarter: 91, year: 365 }

/** The first day of a period that ends today, 'YYYY-MM-DD'; undefined for all time. */
export function periodStart(period: string | null, today: string): string | undefined {
  const days = period ? lengths[period] : undefined
  return days === undefined ? undefined : addDays(today, -days)
}

/** Whether something happened within the period, by the calendar of the organisation. */
export const isWithin = (instant: string, zone: string, from: string | undefined): boolean =>
  from === undefined || dayOf(instant, zone) >= from
