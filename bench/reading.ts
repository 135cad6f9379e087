import type { BenchDatabase } from './database.ts'
import { median, ms, percentile, type Figure } from './figures.ts'
import { type HttpConnection, withConnections } from './http-client.ts'
import { pgbenchScript, type Varying } from './pgbench-script.ts'
import { findPgbench, HOW_TO_GET_PGBENCH, runPgbench, WARM_UP } from './pgbench.ts'
import { recordStatements } from './record-statements.ts'
import { tokenOf } from './region.ts'
import type { BenchServer } from './server.ts'

/** A page that citizen `citizen` reads. */
export type Page = { path: string; citizen: number }

export type Reading = {
  name: string
  database: BenchDatabase
  /** The page whose statements are recorded. */
  recorded: Page
  /** A page chosen at random. */
  next(): Page
  /** How the recorded page becomes one chosen at random by pgbench; `:n` is given. */
  varying: Varying
  /** Throws unless the answer holds what it should. */
  check(body: string): void
  /** Pages read in a round, by all clients together. */
  pages: number
  rounds: number
}

const CLIENTS = [1, 4]

/** What the machine itself adds to a question that costs nothing: no page can have a better p99 than this. */
const NOTHING = 'select 1;\n'

async function read(connection: HttpConnection, { path, citizen }: Page): Promise<string> {
  const answer = await connection.ask({ method: 'GET', path, token: tokenOf(citizen) })
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.body}`)
  return answer.body
}

/**
 * How long a page takes through HTTP by one client and by four at once, beside the statements it sends, run by pgbench
 * in the same packets. Rounds take turns.
 */
export async function measureReading(reading: Reading, start: () => Promise<BenchServer>): Promise<Figure[]> {
  const { database, recorded } = reading
  const { packets } = await recordStatements(database.url, async (connection, record) => {
    await read(connection, recorded)
    record()
    reading.check(await read(connection, recorded))
  })
  const server = await start()
  const figures: Figure[] = []
  let first = 0
  for (const clients of CLIENTS) {
    const script = pgbenchScript(packets, withNumbers(reading.varying, clients), true)
    await throughHttp(reading, server, clients)
    const [http, direct, nothing]: [number[], number[], number[]] = [[], [], []]
    for (let round = 0; round < reading.rounds; round++) {
      http.push(...(await throughHttp(reading, server, clients)))
      direct.push(...(await throughPgbench(reading, script, clients, first)))
      nothing.push(...(await throughPgbench(reading, NOTHING, clients, first)))
      first += clients * WARM_UP + reading.pages
    }
    const who = clients === 1 ? 'one client' : `${clients} clients`
    figures.push(...figuresOf(`${reading.name}, ${who}`, http, direct))
    if (nothing.length > 0) figures.push(floorOf(who, nothing))
  }
  const statements = packets.flat().length
  return [...figures, { what: `${reading.name}: statements / packets`, value: `${statements} / ${packets.length}` }]
}

const withNumbers = (varying: Varying, clients: number): Varying => ({
  ...varying,
  variables: [`\\set n :first + :i * ${clients} + :client_id`, '\\set i :i + 1', ...varying.variables],
})

async function throughHttp(reading: Reading, server: BenchServer, clients: number): Promise<number[]> {
  const times: number[] = []
  await withConnections(server.port, clients, async (connection) => {
    for (let i = 0; i < reading.pages / clients; i++) {
      const started = performance.now()
      await read(connection, reading.next())
      times.push(performance.now() - started)
    }
  })
  return times
}

async function throughPgbench(reading: Reading, script: string, clients: number, first: number): Promise<number[]> {
  const pgbench = findPgbench()
  if (!pgbench) {
    if (first === 0) console.log(HOW_TO_GET_PGBENCH)
    return []
  }
  const variables = { first, i: 0 }
  return (
    await runPgbench(pgbench, reading.database.url, script, { clients, each: reading.pages / clients, variables })
  ).times
}

const floorOf = (who: string, times: readonly number[]): Figure => ({
  what: `«select 1» by pgbench, ${who}, p50 / p99`,
  value: `${ms(median(times))} / ${ms(percentile(times, 0.99))}`,
})

function figuresOf(name: string, http: readonly number[], direct: readonly number[]): Figure[] {
  const figure = (label: string, of: (times: readonly number[]) => number, target?: string): Figure => ({
    what: `${name}, ${label}`,
    value: ms(of(http)),
    baseline: direct.length > 0 ? ms(of(direct)) : 'pgbench is absent',
    ...(direct.length > 0 && { ratio: (of(http) / of(direct)).toFixed(2) }),
    ...(target && { target }),
  })
  return [figure('p50', median), figure('p99', (times) => percentile(times, 0.99), '< 10 ms')]
}
