import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { AlreadyRunning, startEmbeddedPostgres } from './index.ts'

const ask = async (url: string, text: string): Promise<pg.QueryResult> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return await client.query(text)
  } finally {
    await client.end().catch(() => {})
  }
}
/** Asks again until the server answers. */
const askUntil = async (url: string, text: string): Promise<pg.QueryResult> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask(url, text)
    } catch (error) {
      if (attempt > 200) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

describe('the embedded PostgreSQL', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'rmis-embedded-'))
  chmodSync(folder, 0o711)
  const dataDir = path.join(folder, 'data')
  const pidFile = path.join(dataDir, 'cluster/postmaster.pid')
  const pidOf = () => Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is made at the first start, compares Cyrillic letters, and keeps its data for the second', async () => {
    const server = await startEmbeddedPostgres({ dataDir, durable: true })
    await ask(server.url, 'create table kept (n int)')
    await ask(server.url, 'insert into kept values (1)')
    const { rows } = await ask(
      server.url,
      `select lower('ЁЖИК') = 'ёжик' as lower, 'е' < 'ж' as sorted, version() as version`,
    )
    expect(rows[0]).toMatchObject({ lower: true, sorted: true })
    await server.stop()
    const again = await startEmbeddedPostgres({ dataDir, durable: true })
    expect((await ask(again.url, 'select n from kept')).rows).toEqual([{ n: 1 }])
    await again.stop()
  })

  it('comes back by itself after kill -9 with everything it had acknowledged', async () => {
    const server = await startEmbeddedPostgres({ dataDir, durable: true })
    await ask(server.url, 'delete from kept')
    for (let n = 0; n < 30; n++) await ask(server.url, `insert into kept values (${n})`)
    process.kill(pidOf(), 'SIGKILL')
    const { rows } = await askUntil(server.url, 'select count(*)::int as n from kept')
    expect(rows).toEqual([{ n: 30 }])
    await server.stop()
  })

  it('left running by a killed parent is stopped and started anew, nothing lost', async () => {
    const script = `import { startEmbeddedPostgres } from ${JSON.stringify(path.join(import.meta.dirname, 'index.ts'))}
      const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: true })
      console.log(server.url)`
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      cwd: path.resolve(import.meta.dirname, '../../..'),
    })
    const url = await new Promise<string>((resolve) =>
      parent.stdout.once('data', (d: Buffer) => resolve(String(d).trim())),
    )
    await ask(url, 'insert into kept values (1000)')
    const gone = new Promise((resolve) => parent.once('exit', resolve))
    parent.kill('SIGKILL')
    await gone
    const orphan = pidOf()
    const server = await startEmbeddedPostgres({ dataDir, durable: true })
    expect(pidOf()).not.toBe(orphan)
    expect((await ask(server.url, 'select n from kept where n = 1000')).rowCount).toBe(1)
    await server.stop()
  })

  it('is not stopped by a second program: that one is told, and where to find it', async () => {
    const server = await startEmbeddedPostgres({ dataDir, durable: true })
    const owner = path.join(dataDir, 'owner')
    expect(readFileSync(owner, 'utf8')).toBe(String(process.pid))
    // Another living Node process owns the folder.
    writeFileSync(owner, String(process.ppid))
    const refused = await startEmbeddedPostgres({ dataDir, durable: true }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(AlreadyRunning)
    expect((await ask((refused as AlreadyRunning).url, 'select 1 as one')).rows).toEqual([{ one: 1 }])
    writeFileSync(owner, String(process.pid))
    await server.stop()
  })

  it('is made anew when the first start was killed in the middle of it', async () => {
    const other = path.join(folder, 'other')
    mkdirSync(path.join(other, 'cluster.half'), { recursive: true })
    writeFileSync(path.join(other, 'cluster.half/PG_VERSION'), '18')
    const server = await startEmbeddedPostgres({ dataDir: other, durable: false })
    expect((await ask(server.url, 'select 1 as one')).rows).toEqual([{ one: 1 }])
    await server.stop()
  })

  it('starts although its pid file names a live process of another program', async () => {
    writeFileSync(pidFile, `${process.pid}\n${dataDir}\n`)
    const server = await startEmbeddedPostgres({ dataDir, durable: true })
    expect((await ask(server.url, 'select 1 as one')).rows).toEqual([{ one: 1 }])
    await server.stop()
  })

  it('says what its log says when it cannot start', async () => {
    writeFileSync(path.join(dataDir, 'cluster/postgresql.auto.conf'), 'no_such_setting = 1\n')
    await expect(startEmbeddedPostgres({ dataDir, durable: true })).rejects.toThrow(/no_such_setting/)
    writeFileSync(path.join(dataDir, 'cluster/postgresql.auto.conf'), '')
  })
})
