import about from '../package.json' with { type: 'json' }
import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import type { Config } from './config.ts'
import { calendarSettings, mountCalDav, mountFeeds } from './exchange/calendars/index.ts'
import { renderConsultationDocument } from './exchange/consultation-document/index.ts'
import {
  esiaSettings,
  mountEsia,
  mountEsiaStandIn,
  standInSettings,
  usesStandIn,
  type DemoCitizen,
} from './exchange/esia/index.ts'
import { mountDeliveryStandIn, openDelivering } from './exchange/delivery/index.ts'
import { mountFer } from './exchange/fer-soap/index.ts'
import { mountGorzdrav } from './exchange/gorzdrav/index.ts'
import { mountHub } from './exchange/hub-soap/index.ts'
import { softwareProvider, verifySignature } from './exchange/signing/index.ts'
import { bookingPorts } from './exchange/ticket/index.ts'
import { authenticate } from './modules/access/index.ts'
import { accessJobs } from './modules/access/jobs.ts'
import { accessRoutes } from './modules/access/routes.ts'
import { hasAppointmentAt, offerFreedTimes } from './modules/booking/index.ts'
import { bookingJobs } from './modules/booking/jobs.ts'
import { bookingRoutes } from './modules/booking/routes.ts'
import { calendarJobs } from './modules/calendars/jobs.ts'
import { calendarRoutes } from './modules/calendars/routes.ts'
import { readCard } from './modules/chart/index.ts'
import { chartRoutes } from './modules/chart/routes.ts'
import type { DocumentPorts } from './modules/documents/index.ts'
import { documentRoutes } from './modules/documents/routes.ts'
import { journalJobs } from './modules/journal/jobs.ts'
import { journalRoutes } from './modules/journal/routes.ts'
import { Queue } from './modules/openings/index.ts'
import { openingJobs } from './modules/openings/jobs.ts'
import { openingRoutes } from './modules/openings/routes.ts'
import { staffByIds } from './modules/organizations/index.ts'
import { notificationJobs } from './modules/notifications/jobs.ts'
import { notificationListeners } from './modules/notifications/listeners.ts'
import { notificationRoutes } from './modules/notifications/routes.ts'
import { organizationRoutes } from './modules/organizations/routes.ts'
import { ageOf, attachmentOf, linkCitizen, mayActFor, sexOf } from './modules/patients/index.ts'
import { patientRoutes } from './modules/patients/routes.ts'
import { scheduleJobs } from './modules/schedules/jobs.ts'
import { scheduleRoutes } from './modules/schedules/routes.ts'
import { utilisationRoutes } from './modules/utilisation/index.ts'
import { terminologyRoutes } from './modules/terminology/routes.ts'
import type { DB } from './platform/database/db.generated.ts'
import type { MayHear } from './platform/events/event-stream.ts'
import type { Route } from './platform/http/serve.ts'
import type { Job, OutsideJob } from './platform/jobs.ts'
import type { Listener } from './platform/outbox.ts'
import { platformJobs } from './platform/platform-jobs.ts'
import type { Platform } from './platform/platform.ts'
import type { Work } from './platform/work.ts'

export type Wiring = {
  routes: readonly Route[]
  listeners: readonly Listener[]
  jobs: readonly (Job | OutsideJob)[]
  mayHear: MayHear
  authenticate: Platform['authenticate']
  /** Pages and paths that are not operations of the API. */
  mountExtras(app: FastifyInstance): Promise<void>
}

export type WiringOptions = {
  config: Config
  secret: string
  platform: Platform
  /** Connections of their own for counting guesses of passwords (access/settings.ts) and for the queue of openings. */
  attempts: Kysely<DB>
  /** Whom the demo's stand-in of Госуслуги lets choose. */
  citizens?: readonly DemoCitizen[]
}

/** What documents need from outside: both renditions, the key that signs, the check of a signature. */
export const documentPorts = (secret: string): DocumentPorts => ({
  render: renderConsultationDocument,
  provider: softwareProvider(secret),
  verify: verifySignature,
})

/** What schedules asks about patients. */
const schedulePorts = { ageOf, sexOf, attachmentOf, mayActFor, timesFreed: offerFreedTimes }

/** The one page where rooms meet: which routes are served, who listens to what, which adapter stands behind each port. */
export function wire({ config, secret, platform, attempts, citizens = [] }: WiringOptions): Wiring {
  const esia = esiaSettings(config, secret)
  const queue = new Queue({ db: attempts, now: platform.now })
  const { delivering, standIn } = openDelivering(config, secret, platform.now)
  const notifications = { delivering, baseUrl: config.baseUrl, timeZone: config.timeZone }
  const calendars = calendarSettings(config, secret, offerFreedTimes)
  return {
    routes: [
      ...accessRoutes({ secret, demo: config.mode === 'demo', attempts }),
      ...terminologyRoutes(),
      ...organizationRoutes(),
      ...patientRoutes({ readCard }),
      ...scheduleRoutes(schedulePorts),
      ...openingRoutes(queue),
      ...bookingRoutes(bookingPorts(config.baseUrl), queue),
      ...calendarRoutes(calendars),
      ...utilisationRoutes(),
      ...chartRoutes(),
      ...documentRoutes(documentPorts(secret)),
      ...notificationRoutes(notifications),
      ...journalRoutes(),
    ],
    listeners: [...notificationListeners(notifications)],
    jobs: [
      ...platformJobs,
      ...accessJobs,
      ...journalJobs(),
      ...scheduleJobs(offerFreedTimes),
      ...openingJobs(),
      ...bookingJobs(),
      ...notificationJobs(notifications),
      ...calendarJobs(calendars),
    ],
    mayHear,
    authenticate,
    mountExtras: async (app) => {
      mountEsia(app, platform, { settings: esia, linkCitizen })
      mountFer(app, platform, schedulePorts)
      mountHub(app, platform, schedulePorts, about.version)
      mountFeeds(app, platform)
      mountGorzdrav(app, platform, schedulePorts)
      mountCalDav(app, platform)
      if (usesStandIn(config)) await mountEsiaStandIn(app, standInSettings(config, secret, citizens, platform.now))
      if (standIn) mountDeliveryStandIn(app, standIn)
    },
  }
}

/**
 * Topics of live updates: a patient's own (and their representatives'), an organisation's free times and its waiting list,
 * a doctor's day.
 */
export const mayHear: MayHear = async (work, topic) => {
  const { actor } = work
  const [kind, id] = topic.split('/') as [string, string]
  if (kind === 'patient') return (await mayActFor(work, id)) || hasThemOnTheList(work, id)
  if (kind === 'slots') return true
  if (kind === 'waiting') return actor.kind === 'employee' && actor.organizationId === id
  if (kind !== 'day' || actor.kind !== 'employee') return false
  return actor.staffId === id || (actor.role !== 'doctor' && isColleague(work, id))
}

/** Registrars and heads follow the days of their own organisation, as they may list them. */
async function isColleague(work: Work, staffId: string): Promise<boolean> {
  const { organizationId } = work.actor
  if (!organizationId) return false
  return (await staffByIds(work, [staffId])).get(staffId)?.organizationId === organizationId
}

/** A doctor sees patients of other organisations' areas too: whoever is booked to them. */
async function hasThemOnTheList(work: Work, patientId: string): Promise<boolean> {
  const { organizationId, staffId } = work.actor
  if (!organizationId || !staffId) return false
  return hasAppointmentAt(work, { patientId, organizationId, staffId })
}
