import type { Job } from '../../platform/jobs.ts'
import type { TimesFreed } from './ports.ts'
import { zonesOfOrganizations } from '../organizations/index.ts'
import { publishAhead } from './publish-ahead.ts'
import { deleteUnusedSlots } from './store-usage.ts'

/** A time is deleted no sooner than a day after it began: until then it is «today» somewhere. */
const KEEP_PAST_MS = 24 * 3600_000

/**
 * Every zone is a whole number of quarters of an hour from UTC, so a look every 15 minutes is on time for 07:00
 * everywhere. Both jobs may run at any moment, on any number of nodes at once, and again.
 */
export const scheduleJobs = (timesFreed: TimesFreed): readonly Job[] => [
  { name: 'schedules.publish', cron: '*/15 * * * *', run: async (work) => void (await publishAhead(work, timesFreed)) },
  {
    name: 'schedules.delete-unused',
    cron: '10 21 * * *',
    run: async ({ db, now }) =>
      void (await deleteUnusedSlots(db, new Date(now.getTime() - KEEP_PAST_MS), await zonesOfOrganizations(db))),
  },
]
