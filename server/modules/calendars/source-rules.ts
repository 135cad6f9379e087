import { minutesLater } from '../../platform/time.ts'

const DAY = 24 * 3_600_000

/** A calendar is read from a day back to well past the furthest horizon of publication (90 days). */
export const windowAt = (now: Date): { from: Date; until: Date } => ({
  from: new Date(now.getTime() - DAY),
  until: new Date(now.getTime() + 120 * DAY),
})

/** What is known of it reaches past every published time: then «nothing has changed» is an answer. */
export const knowsEnough = (knownUntil: Date | null, now: Date): boolean =>
  knownUntil !== null && knownUntil.getTime() > now.getTime() + 92 * DAY

/** Read every quarter of an hour. */
export const nextReading = (now: Date): Date => minutesLater(now, 15)

/** After a failure sooner at first (5, 10, 20, 40 minutes), then every hour: an outage is over as soon as it is over. */
export const nextAttempt = (failures: number, now: Date): Date =>
  minutesLater(now, Math.min(5 * 2 ** Math.min(failures, 10), 60))
