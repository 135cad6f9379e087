import type { UsageBy, UsageDay, UsageRow } from '../../../contracts/utilisation.ts'
import { addDays, count, dateDigits } from '../../ui/index.ts'

export const byOptions: readonly { value: UsageBy; label: string }[] = [
  { value: 'doctor', label: 'По врачам' },
  { value: 'specialty', label: 'По специальностям' },
  { value: 'department', label: 'По отделениям' },
  { value: 'room', label: 'По кабинетам' },
  { value: 'channel', label: 'По каналам записи' },
  { value: 'organization', label: 'По организациям' },
]

/** Periods that are asked for most, counted from today. */
export const periods = [
  { value: 'month', label: '4 недели', days: (today: string) => [addDays(today, -27), today] },
  { value: 'week', label: 'Неделя', days: (today: string) => [addDays(today, -6), today] },
  { value: 'ahead', label: '2 недели вперёд', days: (today: string) => [today, addDays(today, 13)] },
] as const

/** Share of the offered times that was taken, whole per cent; undefined where nothing was offered. */
const takenShare = ({ taken, offered }: Pick<UsageRow, 'taken' | 'offered'>): number | undefined =>
  offered > 0 ? Math.round((taken / offered) * 100) : undefined

export const shareWords = (row: Pick<UsageRow, 'taken' | 'offered'>): string => {
  const share = takenShare(row)
  return share === undefined ? '—' : `${share} %`
}

export const waitWords = (days: number | null): string =>
  days === null ? '—' : days === 0 ? 'сегодня' : count(days, ['день', 'дня', 'дней'])

/** The parts of a day's bar, from below: what a reader hears is the same as what is drawn. */
export const parts = [
  { field: 'fulfilled', label: 'Принято' },
  { field: 'coming', label: 'Предстоит' },
  { field: 'unmarked', label: 'Исход не отмечен' },
  { field: 'noShow', label: 'Не пришли' },
  { field: 'unused', label: 'Не использовано' },
  { field: 'free', label: 'Свободно' },
] as const satisfies readonly { field: keyof UsageDay; label: string }[]

/** A day in one sentence: «03.03.2026: принято 12, не пришли 1». */
export function dayInWords(day: UsageDay): string {
  const told = parts
    .filter(({ field }) => day[field] > 0)
    .map(({ field, label }) => `${label.toLowerCase()} ${day[field]}`)
  return `${dateDigits(day.day)}: ${told.join(', ') || 'приёма не было'}`
}

export type SortBy = 'title' | 'share' | 'wait' | 'noShow'
export const sortOptions: readonly { value: SortBy; label: string }[] = [
  { value: 'title', label: 'По названию' },
  { value: 'share', label: 'Сначала самые занятые' },
  { value: 'wait', label: 'Сначала где ждут дольше' },
  { value: 'noShow', label: 'Сначала где чаще не приходят' },
]

const noShowShare = ({ noShow, taken }: UsageRow): number => (taken > 0 ? noShow / taken : -1)

/** Rows in the order asked for; equal ones stay in the server's order, by title. */
export function sorted(rows: readonly UsageRow[], by: SortBy): UsageRow[] {
  const weight: Record<SortBy, (row: UsageRow) => number> = {
    title: () => 0,
    share: (row) => takenShare(row) ?? -1,
    // Nothing to be had within the horizon is the longest wait of all.
    wait: (row) => row.thirdFreeDays ?? Number.MAX_SAFE_INTEGER,
    noShow: noShowShare,
  }
  return rows.toSorted((a, b) => weight[by](b) - weight[by](a))
}

export type UsageFilter = { from?: string; to?: string; by?: UsageBy; organizationId?: string }
const plainDate = /^\d{4}-\d{2}-\d{2}$/

/** What of an address is a filter; the rest of it is left out. */
export function readFilter(search: URLSearchParams): UsageFilter {
  const filter: UsageFilter = {}
  const [from, to, organizationId] = ['from', 'to', 'organizationId'].map((name) => search.get(name) ?? '')
  const by = byOptions.find((option) => option.value === search.get('by'))?.value
  if (plainDate.test(from!)) filter.from = from!
  if (plainDate.test(to!)) filter.to = to!
  if (by) filter.by = by
  if (organizationId) filter.organizationId = organizationId
  return filter
}
