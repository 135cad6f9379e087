import type { Job, OutsideJob } from '../../platform/jobs.ts'
import { END_OFFERS } from './offer-freed-times.ts'
import { endOffers } from './pass-on-offers.ts'
import { runTimetableBatches } from './run-timetable-batches.ts'
import { RUN_BATCHES } from './timetable-batch.ts'

/**
 * Every offer queues the job for its own last instant, in its own transaction; the look every five minutes is for what
 * a standstill left behind; so with batches of timetables, which are queued when they are asked for. May run at any moment, on any number of nodes at once.
 */
export const bookingJobs = (): readonly (Job | OutsideJob)[] => [
  { name: END_OFFERS, cron: '*/5 * * * *', run: endOffers },
  { name: RUN_BATCHES, cron: '*/5 * * * *', runOutside: runTimetableBatches },
]
