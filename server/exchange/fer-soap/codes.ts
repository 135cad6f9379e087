import { AgeDoesNotFit, AlreadyBooked, SlotInThePast, SlotTaken, VisitsOverlap } from '../../../contracts/booking.ts'

/** Status codes of КУ ФЭР that the sources name, by our refusal. */
const known = new Map<string, string>([
  [SlotTaken.type, 'APPOINT_TIME_IS_BUSY'],
  [SlotInThePast.type, 'APPOINT_VISIT_TIME_HAS_PASSED'],
  [AlreadyBooked.type, 'APPOINT_PATIENT_REGISTERED_SPECIALIST'],
  [VisitsOverlap.type, 'APPOINT_PATIENT_REGISTERED_OTHER_SPECIALIST'],
  [AgeDoesNotFit.type, 'APPOINT_TIME_AVAILABLE_PATIENT_OTHER_AGE'],
])

export const SUCCESS = 'SUCCESS'

/** The code of a refusal: the one the sources name, or else ours spelled in their manner («SLOT_NOT_FOUND»). */
export const ferCode = (problem: string): string =>
  known.get(problem) ?? problem.replace('/problems/', '').replaceAll('-', '_').toUpperCase()
