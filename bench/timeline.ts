import type pg from 'pg'
import { directories } from '../contracts/terminology.ts'
import { sha256 } from '../server/platform/ids.ts'
import { openBenchDatabase, settle } from './database.ts'
import type { BenchOptions, Figure } from './figures.ts'
import { measureReading, type Page } from './reading.ts'
import { BASE, citizenVaries, fillRegion, idOf, idSql, tokenOf, tokenSql, type Region } from './region.ts'
import { startServer } from './server.ts'

const FACTS = 200
const ORGANIZATIONS = 12
const DOCTORS = 60

/** A patient's timeline of 200 facts, read by the patient on one page, among the facts of thousands of others. */
export async function benchTimeline({ small, profile }: BenchOptions): Promise<Figure[]> {
  const citizens = small ? 100 : 2000
  const database = await openBenchDatabase()
  const size = { organizations: ORGANIZATIONS, doctors: DOCTORS, citizens, booked: false }
  const region = await fillRegion(database.client, size)
  await fillFacts(database.client, region)
  await settle(database)
  const reading = {
    name: 'timeline',
    database,
    recorded: pageOf(0),
    next: () => pageOf(Math.floor(Math.random() * citizens)),
    varying: {
      // Names are asked for by the recorded page's doctors and organisations every time: it is as much work.
      within: [...citizenVaries(0), ...asRecorded('organization', ORGANIZATIONS), ...asRecorded('staff', DOCTORS)],
      whole: [{ value: sha256(tokenOf(0)).toString('hex'), sql: `sha256(${tokenSql}::bytea)` }],
      variables: [`\\set p ${BASE} + random(0, ${citizens - 1})`],
    },
    check: (body: string) => {
      const { entries } = JSON.parse(body) as { entries: unknown[] }
      if (entries.length !== FACTS) throw new Error(`${entries.length} facts and not ${FACTS}`)
    },
    pages: small ? 200 : 1000,
    rounds: small ? 2 : 3,
  }
  return measureReading(reading, () => startServer(database.url, profile))
}

const pageOf = (citizen: number): Page => ({
  path: `/api/v1/patients/${idOf('patient', citizen)}/timeline?limit=${FACTS}`,
  citizen,
})

const asRecorded = (kind: 'organization' | 'staff', count: number) =>
  Array.from({ length: count }, (_, n) => ({ value: idOf(kind, n), sql: `'${idOf(kind, n)}'` }))

/** Facts as years bring them: everybody's first, everybody's second …, so that no patient's lie together. */
async function fillFacts(client: pg.Client, { citizens }: Region): Promise<void> {
  const doctor = `(n + k % 15) % ${DOCTORS}`
  await client.query(`
    insert into chart.fact (patient_id, id, version, is_current, kind, at, day, organization_id, practitioner_role_id,
      code_system, code, title, status, resource, recorded_at)
    select ${idSql('patient', 'n')}, ${idSql('fact', `n * ${FACTS} + k`)}, 1, true,
      case when k % 4 = 0 then 'Condition' else 'Observation' end, moment, moment::date, ${idSql('organization', `${doctor} % ${ORGANIZATIONS}`)},
      ${idSql('staff', doctor)}, case when k % 4 = 0 then '${directories.icd10}' end,
      case when k % 4 = 0 then (array['J06.9', 'I10', 'E11.9', 'M54.5'])[k / 4 % 4 + 1] end,
      case when k % 4 = 0 then 'Острая инфекция верхних дыхательных путей' else 'Артериальное давление: 120/80 мм рт. ст.' end, 'final',
      json_build_object('resourceType', 'Observation', 'id', n * ${FACTS} + k, 'text', repeat(md5(n::text || k), 20))::text, moment
    from generate_series(0, ${FACTS - 1}) k, generate_series(0, ${citizens - 1}) n,
      lateral (select now() - interval '1 day' * (10 * (${FACTS} - k)) + interval '1 second' * n as moment) m
    order by k, n`)
}
