import type { Work } from '../../platform/work.ts'
import { channelsOf } from './rules.ts'
import { freeTimes, type FreeTime } from './store-offers.ts'

export type { FreeTime }

/** Free times of a specialty here that are open to the caller's channels, earliest first, at most 2,000. */
export const freeTimesFor = (work: Work, organizationId: string, specialtyCode: string): Promise<FreeTime[]> =>
  freeTimes(
    work,
    { organizationId, specialtyCode, staffId: undefined },
    { channels: channelsOf(work.actor.role), patient: undefined },
  )
