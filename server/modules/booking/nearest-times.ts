import type { FreeTime } from '../schedules/index.ts'

/** Whose visit it is, as far as the choice of a time goes. An unknown age or sex rules nothing out. */
export type Seeker = { startsAt: Date; age: number | undefined; sex: 'male' | 'female' | undefined }

/** Times offered for each visit. */
const OFFERED = 5

const suits = (time: FreeTime, { age, sex }: Seeker): boolean =>
  (age === undefined || (age >= time.ageFrom && age <= time.ageTo)) &&
  (sex === undefined || time.sex === null || time.sex === sex)

/**
 * For each visit the free times nearest to its own that suit the patient, at most five. The first one is the visit's
 * alone: taking the first of each gives no time twice, as long as there are enough; earlier visits choose first.
 */
export function nearestTimes<T extends FreeTime>(seekers: readonly Seeker[], times: readonly T[]): T[][] {
  const given = new Set<T>()
  return seekers.map((seeker) => {
    const apart = (time: T) => Math.abs(+time.startsAt - +seeker.startsAt)
    const near = times.filter((time) => suits(time, seeker)).sort((a, b) => apart(a) - apart(b))
    const first = near.find((time) => !given.has(time))
    if (!first) return near.slice(0, OFFERED)
    given.add(first)
    return [first, ...near.filter((time) => time !== first).slice(0, OFFERED - 1)]
  })
}
