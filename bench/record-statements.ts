import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { readConfig } from '../server/config.ts'
import { startNode } from '../server/start-node.ts'
import { HttpConnection } from './http-client.ts'
import { productionSettings } from './server.ts'

/** A statement as the server sent it, with the types that PostgreSQL gave its parameters. */
export type Statement = { text: string; values: readonly unknown[]; types: readonly string[] }
/** Statements that left together. */
export type Packet = readonly Statement[]

type Sent = { text: string; values: readonly unknown[]; opensPacket: boolean }

/**
 * Runs a node over the database in this process, lets `talk` ask it over HTTP, and returns what it says and the
 * statements sent since it called `record`, in the packets they left in: a statement opens a packet when none before it
 * was waiting for its answer.
 */
export async function recordStatements<T>(
  databaseUrl: string,
  talk: (connection: HttpConnection, record: () => void) => Promise<T>,
): Promise<{ packets: Packet[]; said: T }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'rmis-bench-'))
  const config = readConfig('production', productionSettings(databaseUrl, folder))
  const node = await startNode({ config, databaseUrl, secret: config.secret!, background: false })
  const sent: Sent[] = []
  const stopListening = listen((statement) => sent.push(statement))
  const connection = await HttpConnection.open(Number(new URL(node.address).port))
  try {
    const said = await talk(connection, () => void (sent.length = 0))
    return { packets: await packetsOf(databaseUrl, sent), said }
  } finally {
    connection.close()
    stopListening()
    await node.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

type Query = (this: pg.Client, ...args: unknown[]) => unknown

/** Tells of every statement that `pg` sends from now on. */
function listen(tell: (statement: Sent) => void): () => void {
  const original = Reflect.get(pg.Client.prototype, 'query') as Query
  const waiting = new WeakMap<pg.Client, number>()
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [given, values = []] = args as [string | { text: string; values?: unknown[] }, unknown[]?]
    const [text, parameters] = typeof given === 'string' ? [given, values] : [given.text, given.values ?? []]
    const before = waiting.get(this) ?? 0
    waiting.set(this, before + 1)
    tell({ text, values: parameters, opensPacket: before === 0 })
    const done = () => waiting.set(this, waiting.get(this)! - 1)
    const answer = original.apply(this, args) as Promise<unknown>
    answer.finally(done).catch(() => {})
    return answer
  } as never
  return () => void (pg.Client.prototype.query = original as never)
}

async function packetsOf(databaseUrl: string, all: readonly Sent[]): Promise<Packet[]> {
  const sent = [...all]
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const packets: Statement[][] = []
  for (const { text, values, opensPacket } of sent) {
    const statement = { text, values, types: values.length > 0 ? await typesOf(client, text) : [] }
    if (opensPacket) packets.push([statement])
    else packets.at(-1)!.push(statement)
  }
  await client.end()
  return packets
}

async function typesOf(client: pg.Client, text: string): Promise<string[]> {
  await client.query(`prepare asked as ${text}`)
  const { rows } = await client.query<{ types: string[] }>(
    `select parameter_types::text[] as types from pg_prepared_statements where name = 'asked'`,
  )
  await client.query('deallocate asked')
  return rows[0]!.types
}
