import type { Job } from '../../platform/jobs.ts'
import { KEEP_ENDED_MS, LOCK_MS } from './rules.ts'
import { forgetOldGuesses } from './store-attempts.ts'
import { forgetEnded } from './store.ts'
import { forgetOldSessions } from './store-systems.ts'

/** Nightly: forgets sessions that ended a month ago, sign-ins that never came back from ЕСИА, and old guesses. */
export const accessJobs: readonly Job[] = [
  {
    name: 'access.forget-ended',
    cron: '40 0 * * *',
    run: async ({ db, now }) => {
      await forgetEnded(db, new Date(now.getTime() - KEEP_ENDED_MS), now)
      await forgetOldSessions(db, now)
      await forgetOldGuesses(db, new Date(now.getTime() - LOCK_MS))
    },
  },
]
