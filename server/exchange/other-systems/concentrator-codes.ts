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
} from '../../../contracts/booking.ts'
import { RuleRefuses } from '../../../contracts/booking-rules.ts'
import { NoSuchSystemSession, SystemNotAllowed } from '../../../contracts/other-systems.ts'
import { PatientNotFound } from '../../../contracts/patients.ts'
import {
  Invalid,
  Malformed,
  NotFound,
  NotSignedIn,
  TooLarge,
  TooManyRequests,
  Unavailable,
} from '../../../contracts/problems.ts'
import { SlotNotFound } from '../../../contracts/schedules.ts'

/** A refusal as the Concentrator and the portal in front of it number them. */
export type ConcentratorError = { readonly IdError: number; readonly ErrorDescription: string }

/** Codes that clients of the Concentrator are known to tell apart: nothing to choose from. They come with Success = false. */
export const nothing = {
  specialties: {
    IdError: 37,
    ErrorDescription: 'Отсутствуют специальности для записи на приём. Обратитесь в регистратуру медорганизации',
  },
  doctors: {
    IdError: 38,
    ErrorDescription:
      'Отсутствуют специалисты для приёма по выбранной специальности. Обратитесь в регистратуру медорганизации',
  },
  times: {
    IdError: 39,
    ErrorDescription:
      'Отсутствуют свободные талоны. Попробуйте записаться позже или обратитесь в регистратуру медорганизации',
  },
} as const satisfies Record<string, ConcentratorError>

/** The doctor is not one who receives at this organisation. */
export const noSuchDoctor: ConcentratorError = {
  IdError: 645,
  ErrorDescription: 'Такого врача в этой организации нет.',
}

/** A failure of the organisation's own system, as clients know it. */
export const OTHER = 616

/** Ours, from 1001 on, in this order for ever: the sources name no codes for these. */
const ours = new Map<string, number>(
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

/** The number of a refusal: ours from 1001 on, or 616. */
export const concentratorCode = (problem: string): number => ours.get(problem) ?? OTHER
