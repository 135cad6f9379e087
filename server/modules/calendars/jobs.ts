import type { OutsideJob } from '../../platform/jobs.ts'
import type { CalendarSettings } from './ports.ts'
import { READ_EXTERNAL, readDueCalendars } from './read-external.ts'

/** Calendars outside: when one was connected, and every minute those whose time has come. */
export const calendarJobs = (settings: CalendarSettings): readonly OutsideJob[] => [
  {
    name: READ_EXTERNAL,
    cron: '* * * * *',
    runOutside: async (platform) => void (await readDueCalendars(platform, settings)),
  },
]
