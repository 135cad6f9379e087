import { randomUUID } from 'node:crypto'
import type { Appointment, Hold } from '../contracts/booking.ts'
import { sha256 } from '../server/platform/ids.ts'
import { openBenchDatabase, settle, type BenchDatabase } from './database.ts'
import { median, ms, percentile, plain, type BenchOptions, type Figure } from './figures.ts'
import { type HttpConnection, withConnections } from './http-client.ts'
import { pgbenchScript, type Varying } from './pgbench-script.ts'
import { findPgbench, HOW_TO_GET_PGBENCH, runPgbench, WARM_UP } from './pgbench.ts'
import { recordStatements, type Packet } from './record-statements.ts'
import {
  BASE,
  citizenVaries,
  doctorVaries,
  fillRegion,
  idOf,
  slotOf,
  slotVariables,
  specialtyOf,
  TIMES,
  tokenOf,
  tokenSql,
  type Region,
} from './region.ts'
import { startServer, type BenchServer } from './server.ts'

const CLIENTS = 32

/**
 * Hold and confirm through HTTP by 32 clients, each booking for another patient at another time, beside the statements
 * that these two operations send, run by pgbench on the same server: one after another (the baseline), and in the
 * packets the server sends. Rounds take turns; medians are told.
 */
export async function benchBooking({ small, profile }: BenchOptions): Promise<Figure[]> {
  const each = small ? 25 : 200
  const rounds = small ? 2 : 5
  const organizations = small ? 10 : 40
  const citizens = organizations + 1 + (1 + 3 * rounds) * CLIENTS * (WARM_UP + each)
  const doctors = Math.ceil(citizens / TIMES / organizations) * organizations
  const database = await openBenchDatabase()
  const region = await fillRegion(database.client, { organizations, doctors, citizens, booked: false })
  const { packets, said } = await recordBooking(database, region)
  await settle(database)
  const server = await startServer(database.url, profile)
  const results = await takeTurns(new Rounds(database, region, server, each), packets, varyingOf(region, said), rounds)
  return [...figuresOf(results), countsOf(packets), memoryFigure(server.memory())]
}

/** Books time `n` for citizen `n`. */
async function book(connection: HttpConnection, region: Region, n: number) {
  const { doctor, organization, startsAt } = slotOf(region, n)
  const patientId = idOf('patient', n)
  const ref = `${idOf('organization', organization)}~${idOf('schedule', doctor)}~${startsAt}~0`
  const ask = async <T>(path: string, body: object): Promise<T> => {
    const key = randomUUID()
    const answer = await connection.ask({ method: 'POST', path, token: tokenOf(n), key, body })
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.body}`)
    return JSON.parse(answer.body) as T
  }
  const started = performance.now()
  const hold = await ask<Hold>('/api/v1/holds', { patientId, ref })
  const held = performance.now()
  const appointment = await ask<Appointment>('/api/v1/appointments', { patientId, holdId: hold.id })
  return { appointment, holdMs: held - started, confirmMs: performance.now() - held }
}

/**
 * The first booking has a fresh node plan and compile what it needs, and remember the clocks of its organisation; the next
 * one at the same organisation is recorded.
 */
const recordedOf = (region: Region): number => region.organizations

const recordBooking = (database: BenchDatabase, region: Region) =>
  recordStatements(database.url, async (connection, record) => {
    await book(connection, region, 0)
    record()
    return (await book(connection, region, recordedOf(region))).appointment
  })

/** How the recorded booking becomes that of any other time and citizen `:n`. */
function varyingOf(region: Region, appointment: Appointment): Varying {
  const recorded = recordedOf(region)
  const slot = slotOf(region, recorded)
  return {
    within: [
      ...citizenVaries(recorded),
      ...doctorVaries(region, slot.doctor),
      { value: appointment.ticketToken, sql: `('ticket-of-citizen-' || :p)` },
    ],
    whole: [
      { value: specialtyOf(region, slot.doctor), sql: ':s' },
      { value: appointment.startsAt, sql: 'to_timestamp(:t)' },
      { value: appointment.endsAt, sql: 'to_timestamp(:u)' },
      { value: sha256(tokenOf(recorded)).toString('hex'), sql: `sha256(${tokenSql}::bytea)` },
    ],
    variables: [
      `\\set n :first + :i * ${CLIENTS} + :client_id`,
      '\\set i :i + 1',
      `\\set p ${BASE} + :n`,
      ...slotVariables(region),
    ],
  }
}

type Round = { rate: number; holds: number[]; confirms: number[]; serverMs: number; databaseMs: number }
type Results = { server: Round[]; plain: Round[]; pipelined: Round[] }

async function takeTurns(
  rounds: Rounds,
  packets: readonly Packet[],
  varying: Varying,
  count: number,
): Promise<Results> {
  const pgbench = findPgbench()
  if (!pgbench) console.log(HOW_TO_GET_PGBENCH)
  const results: Results = { server: [], plain: [], pipelined: [] }
  await rounds.throughHttp()
  for (let round = 1; round <= count; round++) {
    results.server.push(await rounds.throughHttp())
    if (!pgbench) continue
    results.plain.push(await rounds.throughPgbench(pgbench, pgbenchScript(packets, varying, false)))
    results.pipelined.push(await rounds.throughPgbench(pgbench, pgbenchScript(packets, varying, true)))
    const [server, one, packet] = Object.values(results).map((list) => `${plain(list.at(-1)!.rate)}/s`)
    console.log(`booking, round ${round}: ${server}; pgbench ${one}, in packets ${packet}`)
  }
  return results
}

/** Rounds over one database; each takes times and citizens that none has had before. */
class Rounds {
  readonly #database: BenchDatabase
  readonly #region: Region
  readonly #server: BenchServer
  readonly #each: number
  #next: number

  constructor(database: BenchDatabase, region: Region, server: BenchServer, each: number) {
    this.#database = database
    this.#region = region
    this.#server = server
    this.#each = each
    this.#next = recordedOf(region) + 1
  }

  async throughHttp(): Promise<Round> {
    const each = WARM_UP + this.#each
    const first = this.#take(each)
    const holds: number[] = []
    const confirms: number[] = []
    const busy = this.#server.processorMs() ?? Number.NaN
    const round = await this.#counted(CLIENTS * each, async () => {
      const seconds = await withConnections(this.#server.port, CLIENTS, async (connection, client) => {
        for (let i = 0; i < each; i++) {
          const took = await book(connection, this.#region, first + i * CLIENTS + client)
          holds.push(took.holdMs)
          confirms.push(took.confirmMs)
        }
      })
      return (CLIENTS * each) / seconds
    })
    const serverMs = ((this.#server.processorMs() ?? Number.NaN) - busy) / (CLIENTS * each)
    await this.#relayed()
    return { ...round, holds, confirms, serverMs }
  }

  /** The server's relay waits for its cursor meanwhile, and the events of the round are dropped after it. */
  async throughPgbench(pgbench: string, script: string): Promise<Round> {
    const { client, url } = this.#database
    const variables = { first: this.#take(WARM_UP + this.#each), i: 0 }
    const round = await this.#counted(CLIENTS * (WARM_UP + this.#each), async () => {
      await client.query('begin; select from platform.event_cursor for update')
      const { rate } = await runPgbench(pgbench, url, script, { clients: CLIENTS, each: this.#each, variables })
      await client.query('truncate platform.outbox; commit')
      return rate
    })
    return { ...round, holds: [], confirms: [], serverMs: 0 }
  }

  #take(each: number): number {
    const first = this.#next
    this.#next += CLIENTS * each
    return first
  }

  /** Checks that a round booked what it should have, and tells the database's processor time of a booking. */
  async #counted(bookings: number, run: () => Promise<number>): Promise<{ rate: number; databaseMs: number }> {
    const { client } = this.#database
    await client.query('checkpoint')
    const before = await this.#booked()
    const busy = this.#database.processorMs() ?? Number.NaN
    const rate = await run()
    const databaseMs = ((this.#database.processorMs() ?? Number.NaN) - busy) / bookings
    const made = (await this.#booked()) - before
    if (made !== bookings) throw new Error(`${bookings} bookings were asked for and ${made} were made`)
    return { rate, databaseMs }
  }

  async #booked(): Promise<number> {
    const { rows } = await this.#database.client.query<{ n: string }>(`
      select count(*) as n from booking.appointment a join schedules.slot s on s.organization_id = a.organization_id
        and s.appointment_id = a.id and s.schedule_id = a.schedule_id and s.starts_at = a.starts_at where s.status = 'booked'`)
    return Number(rows[0]!.n)
  }

  /** Waits until the server has told everybody of what happened, so that it has nothing to do while pgbench runs. */
  async #relayed(): Promise<void> {
    while ((await this.#database.client.query('select from platform.outbox limit 1')).rowCount !== 0)
      await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function figuresOf({ server, plain: one, pipelined }: Results): Figure[] {
  const of = (rounds: readonly Round[], what: 'rate' | 'serverMs' | 'databaseMs') => median(rounds.map((r) => r[what]))
  const rate = of(server, 'rate')
  const against = (rounds: readonly Round[], name: string): Figure => ({
    what: `booking, against ${name}`,
    value: `${plain(rate)}/s`,
    baseline: rounds.length > 0 ? `${plain(of(rounds, 'rate'))}/s` : 'pgbench is absent',
    ...(rounds.length > 0 && { ratio: (rate / of(rounds, 'rate')).toFixed(2) }),
  })
  const times = (what: string, list: readonly number[]): Figure => ({
    what: `${what}, p50 / p99`,
    value: `${ms(median(list))} / ${ms(percentile(list, 0.99))}`,
  })
  return [
    { ...against(one, 'pgbench'), target: '≥ 0.35, aim 0.6' },
    against(pipelined, 'pgbench in packets'),
    times(
      'hold',
      server.flatMap((r) => r.holds),
    ),
    times(
      'confirm',
      server.flatMap((r) => r.confirms),
    ),
    {
      what: 'processor time of a booking, server + database',
      value: `${ms(of(server, 'serverMs'))} + ${ms(of(server, 'databaseMs'))}`,
      ...(one.length > 0 && {
        baseline: `${ms(of(one, 'databaseMs'))}, in packets ${ms(of(pipelined, 'databaseMs'))}`,
      }),
    },
  ]
}

const countsOf = (packets: readonly Packet[]): Figure => ({
  what: 'statements / packets of a booking',
  value: `${packets.flat().length} / ${packets.length}`,
})

const memoryFigure = (memory: ReturnType<BenchServer['memory']>): Figure => ({
  what: 'memory of the server after the run (highest)',
  value: memory ? `${memory.now} MB (${memory.highest} MB)` : 'not told by this system',
  target: '< 250 MB',
})
