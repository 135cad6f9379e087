import type { DayVisit } from '../../../contracts/day-visits.ts'
import type { GridSlot } from '../../../contracts/schedules.ts'
import type { Static } from 'typebox'
import { shortName } from '../../ui/index.ts'
import { answerWords, statusWords } from '../people/visit-words.ts'

export type Slot = Static<typeof GridSlot>

const states: Record<Slot['state'], string> = {
  free: 'свободно',
  held: 'выбирают',
  booked: 'занято',
  closed: 'закрыто',
  past: 'прошло',
}

/** What the grid shows of a time beside its hour: who is booked and what became of it, or why nobody is. */
export function slotWords(slot: Slot, visit: DayVisit | undefined): string {
  if (slot.state !== 'booked' || !visit) return states[slot.state]
  return shortName(visit.patient.name)
}

/** What the eye sees by place and colour, for those who hear it: what became of the visit, and whose time it is. */
export const slotAloud = (visit: DayVisit | undefined, doctorName: string): string =>
  `${visit ? `, ${(answerWords(visit) ?? statusWords(visit.status)).text.toLowerCase()}` : ''}, ${shortName(doctorName)}`

/** How a time looks: its state, or what has become of the visit in it. */
export const slotLook = (slot: Slot, visit: DayVisit | undefined): string =>
  slot.state === 'booked' && visit ? visit.status : slot.state

/** How many times can still be booked, of how many there are. */
export function freeOf(slots: readonly Slot[]): { free: number; all: number } {
  return { free: slots.filter((slot) => slot.state === 'free').length, all: slots.length }
}
