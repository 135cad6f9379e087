import { useMemo } from 'react'
import type { TimetableState } from '../../../../contracts/schedules.ts'
import { addDays, dateWords, dayWords, weekdayOf, weekdayWords } from '../../../ui/index.ts'
import { useSession, useToday } from '../../session.tsx'
import { useCalendar } from '../use-calendar.ts'
import type { WeekDay, WeekRow } from './week-row.tsx'

/** The columns of so many weeks from a Monday, with what the production calendar says of each day. */
export function useDays(monday: string, weeks: number): readonly WeekDay[] {
  const today = useToday()
  const calendar = useCalendar(monday, weeks)
  return useMemo(
    () =>
      Array.from({ length: weeks * 7 }, (_, i) => {
        const day = addDays(monday, i)
        const like = calendar.likes.get(day)
        const name = calendar.names.get(day)
        return {
          day,
          words: `${weekdayWords(day)} ${Number(day.slice(8))}${i === 0 || day.endsWith('-01') ? ` ${dateWords(day).split('\u00a0')[1]!.slice(0, 3)}` : ''}`,
          aloud: `${dayWords(day, today)}${name ? `, ${name}` : ''}`,
          name,
          holiday: like === null,
          like: like ?? undefined,
          past: day < today,
          weekend: weekdayOf(day) > 5,
        }
      }),
    [monday, weeks, today, calendar],
  )
}

/** The rows: a timetable each, by the doctor's name. */
export function useRows(timetables: readonly TimetableState[]): readonly WeekRow[] {
  const { workplace } = useSession()
  return useMemo(() => {
    const staff = new Map(workplace?.staff.map((s) => [s.id, s]))
    const rooms = new Map(workplace?.departments.flatMap((d) => d.rooms.map((room) => [room.id, room.number] as const)))
    return timetables
      .map(({ schedule, version }) => ({
        id: schedule.id,
        name: staff.get(schedule.staffId)?.name ?? 'Врач',
        specialty: staff.get(schedule.staffId)?.specialtyTitle ?? '',
        room: rooms.get(schedule.roomId) ?? '—',
        schedule,
        version,
      }))
      .sort((a, b) => a.name.localeCompare(b.name, 'ru') || a.schedule.validFrom.localeCompare(b.schedule.validFrom))
  }, [timetables, workplace])
}
