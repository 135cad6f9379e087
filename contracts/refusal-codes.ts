import { RuleRefuses } from './booking-rules.ts'
import {
  AgeDoesNotFit,
  AlreadyBooked,
  AppointmentIsOver,
  AppointmentNotFound,
  SlotClosedToChannel,
  SlotInThePast,
  SlotTaken,
  TooLateToChange,
  VisitsOverlap,
} from './booking.ts'
import { NoSuchSystemSession, SystemNotAllowed } from './other-systems.ts'
import { PatientNotFound } from './patients.ts'
import { Invalid, Malformed, NotFound, NotSignedIn, TooLarge, TooManyRequests, Unavailable } from './problems.ts'
import { SlotNotFound } from './schedules.ts'

// What other systems read instead of our refusals: the adapters send it, and the administrator's page shows it.

/** A failure of the organisation's own system, as clients of the Concentrator know it. */
export const OTHER_FAILURE = 616

/** Ours, from 1001 on, in this order for ever: the sources name no numbers for these. */
const numbers = new Map<string, number>(
  [
    NotSignedIn,
    SystemNotAllowed,
    TooManyRequests,
    PatientNotFound,
    NotFound,
    SlotNotFound,
    SlotTaken,
    SlotInThePast,
    SlotClosedToChannel,
    AgeDoesNotFit,
    AlreadyBooked,
    VisitsOverlap,
    AppointmentNotFound,
    AppointmentIsOver,
    TooLateToChange,
    NoSuchSystemSession,
    RuleRefuses,
    Malformed,
    Invalid,
    TooLarge,
    Unavailable,
  ].map((problem, i) => [problem.type, 1001 + i]),
)

/** The number of a refusal for the Concentrator and the portal in front of it. */
export const concentratorCode = (problem: string): number => numbers.get(problem) ?? OTHER_FAILURE

export const OTHER_AGE = 'APPOINT_TIME_AVAILABLE_PATIENT_OTHER_AGE'

/** Status codes of КУ ФЭР that the sources name, by our refusal. */
const words = new Map<string, string>([
  [SlotTaken.type, 'APPOINT_TIME_IS_BUSY'],
  [SlotInThePast.type, 'APPOINT_VISIT_TIME_HAS_PASSED'],
  [AlreadyBooked.type, 'APPOINT_PATIENT_REGISTERED_SPECIALIST'],
  [VisitsOverlap.type, 'APPOINT_PATIENT_REGISTERED_OTHER_SPECIALIST'],
  [AgeDoesNotFit.type, OTHER_AGE],
])

/** A refusal in the manner of КУ ФЭР: the code that the sources name, or else ours («SLOT_NOT_FOUND»). */
export const ferWord = (problem: string): string => words.get(problem) ?? inCapitals(problem.replace('/problems/', ''))

/** «daily-load» → «DAILY_LOAD». */
export const inCapitals = (slug: string): string => slug.replaceAll('-', '_').toUpperCase()
