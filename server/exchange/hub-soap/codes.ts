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
import { SystemNotAllowed } from '../../../contracts/other-systems.ts'
import { PatientNotFound } from '../../../contracts/patients.ts'
import { NotFound, NotSignedIn, TooManyRequests } from '../../../contracts/problems.ts'
import { SlotNotFound } from '../../../contracts/schedules.ts'

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
} as const

/** A failure of the organisation's own system, as clients know it. */
const OTHER = 616

/** Ours, from 1001 on: the sources name no codes for these. */
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
  ].map((problem, i) => [problem.type, 1001 + i]),
)

export const hubCode = (problem: string): number => ours.get(problem) ?? OTHER
