import * as access from './access.ts'
import * as bookingRules from './booking-rules.ts'
import * as booking from './booking.ts'
import * as calendars from './calendars.ts'
import * as chart from './chart.ts'
import * as dayVisits from './day-visits.ts'
import * as documents from './documents.ts'
import type { Endpoint } from './endpoint.ts'
import * as journal from './journal.ts'
import * as openings from './openings.ts'
import * as notifications from './notifications.ts'
import * as organizations from './organizations.ts'
import * as otherSystems from './other-systems.ts'
import * as patients from './patients.ts'
import * as representation from './representation.ts'
import * as scheduleEdits from './schedule-edits.ts'
import * as schedules from './schedules.ts'
import * as serviceCategories from './service-categories.ts'
import * as terminology from './terminology.ts'
import * as timetableBatches from './timetable-batches.ts'
import * as tickets from './tickets.ts'
import * as utilisation from './utilisation.ts'
import * as waiting from './waiting.ts'

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'journal' in value

/** Every endpoint of every module, for OpenAPI and for the check that each one is served. Not for the web: it would pull all in. */
export const allEndpoints: readonly Endpoint[] = [
  access,
  otherSystems,
  terminology,
  organizations,
  patients,
  representation,
  schedules,
  openings,
  booking,
  tickets,
  dayVisits,
  scheduleEdits,
  timetableBatches,
  bookingRules,
  serviceCategories,
  waiting,
  utilisation,
  calendars,
  chart,
  documents,
  notifications,
  journal,
].flatMap((module) => Object.values(module).filter(isEndpoint))
