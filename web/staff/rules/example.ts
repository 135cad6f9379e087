import type { PriorityGroup, RuleChannel, tryRules } from '../../../contracts/booking-rules.ts'
import type { InputOf } from '../../../contracts/endpoint.ts'

/** An example as typed. The time of the visit is by the clock of this device. */
export type Example = {
  startsAt: string
  organizationId: string
  specialtyCode: string
  channel: RuleChannel
  age: string
  sex: 'male' | 'female'
  attached: 'here' | 'elsewhere' | 'nowhere'
  referral: boolean
  groups: readonly PriorityGroup[]
  coming: string
  holds: string
  noShows: string
  dayTaken: string
  dayTakenByChannel: string
}

export const newExample = (day: string, organizationId: string, specialtyCode: string): Example => ({
  startsAt: `${day}T10:00`,
  organizationId,
  specialtyCode,
  channel: 'portal',
  age: '40',
  sex: 'female',
  attached: 'here',
  referral: false,
  groups: [],
  coming: '0',
  holds: '0',
  noShows: '',
  dayTaken: '0',
  dayTakenByChannel: '0',
})

/** What is not a number counts as none. */
const numberIn = (text: string): number => Math.trunc(Number(text)) || 0

/** An example as the server takes it. */
export const exampleOf = ({ noShows, ...e }: Example): InputOf<typeof tryRules>['body'] => ({
  ...e,
  bookedAt: null,
  startsAt: new Date(e.startsAt || Date.now()).toISOString(),
  groups: [...e.groups],
  age: numberIn(e.age),
  coming: numberIn(e.coming),
  holds: numberIn(e.holds),
  dayTaken: numberIn(e.dayTaken),
  dayTakenByChannel: numberIn(e.dayTakenByChannel),
  noShowDaysAgo: noShows
    .split(/[\s,;]+/)
    .filter((part) => /^\d+$/.test(part))
    .map(numberIn),
})
