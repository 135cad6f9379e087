import { sha256 } from '../server/platform/ids.ts'
import { openBenchDatabase, settle } from './database.ts'
import type { BenchOptions, Figure } from './figures.ts'
import { measureReading, type Page } from './reading.ts'
import {
  BASE,
  citizenVaries,
  doctorVaries,
  doctorVariables,
  fillRegion,
  idOf,
  specialtyOf,
  TIMES,
  tokenOf,
  tokenSql,
  type Region,
} from './region.ts'
import { startServer } from './server.ts'

const DOCTORS_OF_ONE = 25

/** Free times of one doctor on all published days, at a million times of which half are taken, asked by citizens. */
export async function benchFreeSlots({ small, profile }: BenchOptions): Promise<Figure[]> {
  const organizations = Math.ceil((small ? 20_000 : 1_000_000) / TIMES / DOCTORS_OF_ONE)
  const doctors = organizations * DOCTORS_OF_ONE
  const citizens = small ? 200 : 5000
  const database = await openBenchDatabase()
  const region = await fillRegion(database.client, { organizations, doctors, citizens, booked: true })
  await settle(database)
  const reading = {
    name: 'free slots',
    database,
    recorded: pageOf(region, 0, 0),
    next: () => pageOf(region, random(doctors), random(citizens)),
    varying: {
      within: [...citizenVaries(0), ...doctorVaries(region, 0)],
      whole: [
        { value: specialtyOf(region, 0), sql: ':s' },
        { value: sha256(tokenOf(0)).toString('hex'), sql: `sha256(${tokenSql}::bytea)` },
      ],
      variables: [
        `\\set doctor random(0, ${doctors - 1})`,
        `\\set p ${BASE} + random(0, ${citizens - 1})`,
        ...doctorVariables(region, ':doctor'),
      ],
    },
    check: (body: string) => {
      const { slots } = JSON.parse(body) as { slots: unknown[] }
      if (slots.length < TIMES / 4) throw new Error(`only ${slots.length} free times`)
    },
    pages: small ? 200 : 1000,
    rounds: small ? 2 : 3,
  }
  return measureReading(reading, () => startServer(database.url, profile))
}

const random = (count: number): number => Math.floor(Math.random() * count)

function pageOf(region: Region, doctor: number, citizen: number): Page {
  const organizationId = idOf('organization', doctor % region.organizations)
  const query = `staffId=${idOf('staff', doctor)}&patientId=${idOf('patient', citizen)}`
  return {
    path: `/api/v1/organizations/${organizationId}/specialties/${specialtyOf(region, doctor)}/slots?${query}`,
    citizen,
  }
}
