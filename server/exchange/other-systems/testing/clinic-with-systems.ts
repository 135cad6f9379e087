import { sql } from 'kysely'
import * as contract from '../../../../contracts/other-systems.ts'
import { accessRoutes } from '../../../modules/access/routes.ts'
import type { NewTimetable } from '../../../modules/schedules/index.ts'
import { journalRoutes } from '../../../modules/journal/routes.ts'
import { ageOf, attachmentOf, mayActFor, sexOf } from '../../../modules/patients/index.ts'
import { actorOf } from '../../../platform/testing/test-app.ts'
import { openClinic, type Clinic } from '../../../testing/booking-clinic.ts'
import { mountFer } from '../../fer-soap/index.ts'
import { mountGorzdrav } from '../../gorzdrav/index.ts'
import { mountHub } from '../../hub-soap/index.ts'

const administrator = actorOf({ role: 'administrator' })

/** The clinic of booking's tests with the doors for other systems, listening on a port of its own for real clients. */
export async function openClinicWithSystems(
  extra: readonly NewTimetable[] = [],
): Promise<{ clinic: Clinic; address: string }> {
  const ports = { ageOf, sexOf, attachmentOf, mayActFor, timesFreed: async () => {} }
  let clinic: Clinic | undefined
  clinic = await openClinic({
    max: 16,
    extra,
    routes: [
      ...accessRoutes({
        secret: '0'.repeat(64),
        demo: false,
        get attempts() {
          return clinic!.db
        },
      }),
      ...journalRoutes(),
    ],
    mount: (app, platform) => {
      mountFer(app, platform, ports)
      mountHub(app, platform, ports, 'test')
      mountGorzdrav(app, platform, ports)
    },
  })
  // Petrov's ЕНП and СНИЛС also stand in the table that finds by numbers.
  await sql`insert into patients.identifier (system, value, patient_id)
    select 'snils', snils, patient_id from patients.patient where snils is not null on conflict do nothing`.execute(
    clinic.db,
  )
  await sql`insert into patients.identifier (system, value, patient_id)
    select 'enp', enp, patient_id from patients.patient where enp is not null on conflict do nothing`.execute(clinic.db)
  const address = await clinic.app.app.listen({ port: 0, host: '127.0.0.1' })
  return { clinic, address }
}

let count = 0

/** Connects a system and gives its id and token. */
export async function connect(
  clinic: Clinic,
  by: contract.SystemInterface,
  more: { organizationIds?: string[]; requestsPerMinute?: number } = {},
): Promise<{ id: string; token: string; name: string }> {
  const name = `Портал ${++count}`
  const { system, token } = await clinic.app.call(administrator, contract.registerExternalSystem, {
    body: { name, interfaces: [by], organizationIds: null, requestsPerMinute: 10_000, ...more },
  })
  return { id: system.id, token, name }
}

/** Sends bytes as they are, as a program without a SOAP library would. */
export async function post(url: string, body: string, headers: Record<string, string> = {}) {
  const reply = await fetch(url, { method: 'POST', headers: { 'content-type': 'text/xml', ...headers }, body })
  return { status: reply.status, text: await reply.text(), type: reply.headers.get('content-type') }
}

export const envelope = (body: string, namespace = 'http://schemas.xmlsoap.org/soap/envelope/'): string =>
  `<e:Envelope xmlns:e="${namespace}"><e:Body>${body}</e:Body></e:Envelope>`
