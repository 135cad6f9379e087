import type { Job } from '../../platform/jobs.ts'
import { forgetOpenings } from './store.ts'

/** Who came to an opening is nobody's business a week later. */
const KEEP_MS = 7 * 24 * 3600_000

export const openingJobs = (): readonly Job[] => [
  {
    name: 'openings.forget',
    cron: '40 21 * * *',
    run: async ({ db, now }) => forgetOpenings(db, new Date(now.getTime() - KEEP_MS)),
  },
]
