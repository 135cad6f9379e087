import { Writable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { mountRoutes } from '../../../platform/http/mount-routes.ts'
import { openApp } from '../../../platform/http/open-app.ts'
import { ensureActionPartitions } from '../../../platform/journal.ts'
import { openLog } from '../../../platform/log.ts'
import { openMetrics } from '../../../platform/metrics.ts'
import type { Platform } from '../../../platform/platform.ts'
import { MONDAY } from '../../../platform/testing/test-app.ts'
import type { TestDatabase } from '../../../platform/testing/test-database.ts'
import { authenticate } from '../../../modules/access/index.ts'
import { accessRoutes } from '../../../modules/access/routes.ts'
import { publicKeyOf } from '../../../standards/cades/index.ts'
import type { LinkCitizen } from '../come-back.ts'
import { signerOf, tokenReaderOf } from '../keys.ts'
import { mountEsia } from '../mount-esia.ts'
import { defaultScope, type EsiaSettings } from '../settings.ts'
import { demoKeys } from '../stand-in/demo-keys.ts'
import { mountEsiaStandIn } from '../stand-in/mount-stand-in.ts'
import type { StandInSettings } from '../stand-in/settings.ts'
import { STAND_IN_ISSUER, standInKeys } from '../stand-in/stand-in-settings.ts'
import { citizens } from './citizens.ts'

export const SECRET = 'ab'.repeat(32)
const CLIENT = 'TEST_RMIS'

/** The clock of a test. */
export class Clock {
  now = MONDAY
  later(seconds: number): void {
    this.now = new Date(this.now.getTime() + seconds * 1000)
  }
}

export type Listening = { app: FastifyInstance; address: string }

/** Both sides' settings over the same demo keys; the stand-in on the relying party's own site unless told. */
export const relyingParty = (changes: Partial<EsiaSettings> = {}): EsiaSettings => {
  const keys = demoKeys(SECRET)
  return {
    siteUrl: '',
    clientId: CLIENT,
    scope: defaultScope,
    issuer: STAND_IN_ISSUER,
    timeoutMs: 5000,
    signOutThere: true,
    signer: signerOf(keys.client, keys.certificateHash),
    readToken: tokenReaderOf([publicKeyOf(keys.esia)]),
    ...changes,
  }
}
export const standIn = (clock: Clock, changes: Partial<StandInSettings> = {}): StandInSettings => ({
  ...standInKeys(demoKeys(SECRET), CLIENT),
  secret: SECRET,
  citizens,
  now: () => clock.now,
  ...changes,
})

/** A node over a real database and a real port: access, the relying party, and the stand-in where it is given. */
export async function startRelyingParty(options: {
  database: TestDatabase
  clock: Clock
  linkCitizen: LinkCitizen
  settings?: EsiaSettings
  standIn?: StandInSettings
}): Promise<Listening & { platform: Platform; log: string[] }> {
  const { database, clock } = options
  const lines: string[] = []
  const log = openLog(
    'trace',
    new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) }) as never,
  )
  const platform: Platform = {
    db: database.db,
    transact: database.transact,
    log,
    metrics: openMetrics(),
    now: () => clock.now,
    zone: 'Europe/Moscow',
    authenticate,
    wakeRelay: () => {},
  }
  await database.transact((tx) => ensureActionPartitions(tx, clock.now))
  const app = await openApp({ log, trustProxy: false, requestsPerMinute: 1_000_000 })
  mountRoutes(app, platform, accessRoutes({ secret: SECRET, demo: true, attempts: database.db }))
  mountEsia(app, platform, { settings: options.settings ?? relyingParty(), linkCitizen: options.linkCitizen })
  if (options.standIn) await mountEsiaStandIn(app, options.standIn)
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  return { app, address, platform, log: lines }
}

/** The stand-in alone, as a second server. */
export async function startStandIn(settings: StandInSettings): Promise<Listening> {
  const app = await openApp({ log: openLog('silent'), trustProxy: false, requestsPerMinute: 1_000_000 })
  await mountEsiaStandIn(app, settings)
  return { app, address: await app.listen({ port: 0, host: '127.0.0.1' }) }
}
