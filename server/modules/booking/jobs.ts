import type { Job } from '../../platform/jobs.ts'
import { END_OFFERS } from './offer-freed-times.ts'
import { endOffers } from './pass-on-offers.ts'

/**
 * Every offer queues the job for its own last instant, in its own transaction; the look every five minutes is for what
 * a standstill left behind. May run at any moment, on any number of nodes at once.
 */
export const bookingJobs = (): readonly Job[] => [{ name: END_OFFERS, cron: '*/5 * * * *', run: endOffers }]
