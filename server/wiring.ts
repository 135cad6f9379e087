import type { FastifyInstance } from 'fastify'
import type { Transaction } from 'kysely'
import type { Config } from './config.ts'
import { bookingPorts } from './exchange/ticket/index.ts'
import { renderConsultationDocument } from './exchange/consultation-document/index.ts'
import { mountEsia } from './exchange/esia/index.ts'
import { softwareProvider, verifySignature } from './exchange/signing/index.ts'
import { accessRoutes } from './modules/access/routes.ts'
import { authenticate } from './modules/access/index.ts'
import { bookingRoutes } from './modules/booking/routes.ts'
import { chartRoutes } from './modules/chart/routes.ts'
import { documentRoutes } from './modules/documents/routes.ts'
import { journalJobs } from './modules/journal/jobs.ts'
import { journalRoutes } from './modules/journal/routes.ts'
import { organizationRoutes } from './modules/organizations/routes.ts'
import { ageOf, attachmentOf, linkCitizen, mayActFor } from './modules/patients/index.ts'
import { patientRoutes } from './modules/patients/routes.ts'
import { scheduleJobs } from './modules/schedules/jobs.ts'
import { scheduleRoutes } from './modules/schedules/routes.ts'
import { terminologyRoutes } from './modules/terminology/routes.ts'
import type { DB } from './platform/database/db.generated.ts'
import type { MayHear } from './platform/events/event-stream.ts'
import type { Route } from './platform/http/serve.ts'
import type { Job } from './platform/jobs.ts'
import type { Listener } from './platform/outbox.ts'
import type { Platform } from './platform/platform.ts'
import type { Actor } from './platform/work.ts'

export type Wiring = {
  routes: readonly Route[]
  listeners: readonly Listener[]
  jobs: readonly Job[]
  mayHear: MayHear
  authenticate(tx: Transaction<DB>, token: string, now: Date): Promise<Actor | undefined>
  mountExtras(app: FastifyInstance): Promise<void>
}

/** The one page where rooms meet: which routes are served, who listens to what, which adapter stands behind each port. */
export async function wire({
  config,
  secret,
  platform,
}: {
  config: Config
  secret: string
  platform: Platform
}): Promise<Wiring> {
  const documentPorts = {
    render: renderConsultationDocument,
    provider: softwareProvider(secret),
    verify: verifySignature,
  }
  return {
    routes: [
      ...accessRoutes({ platform, secret, demo: config.mode === 'demo' }),
      ...terminologyRoutes(),
      ...organizationRoutes(),
      ...patientRoutes(),
      ...scheduleRoutes({ ageOf, attachmentOf }),
      ...bookingRoutes(bookingPorts(config.baseUrl)),
      ...chartRoutes(),
      ...documentRoutes(documentPorts),
      ...journalRoutes(),
    ],
    listeners: [],
    jobs: [...journalJobs(), ...scheduleJobs()],
    mayHear,
    authenticate,
    mountExtras: (app) => mountEsia(app, platform, { config, linkCitizen }),
  }
}

/** Topics of live updates: a patient's own (and their representatives'), an organisation's free times, a doctor's day. */
const mayHear: MayHear = async (work, topic) => {
  const [kind, id] = topic.split('/') as [string, string]
  if (kind === 'patient') return mayActFor(work, id)
  if (kind === 'slots') return true
  if (kind === 'day')
    return (
      work.actor.kind === 'employee' &&
      (work.actor.staffId === id || work.actor.role === 'registrar' || work.actor.role === 'head')
    )
  return false
}
