import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readConfig, type Config } from '../config.ts'
import { demoEmployees } from '../demo/index.ts'
import { loadDemo } from '../demo/load-demo.ts'
import { migrate } from '../platform/database/migrate.ts'
import { startEmbeddedPostgres } from '../platform/embedded-postgres/index.ts'
import { migrateJobs } from '../platform/jobs.ts'
import { startNode } from '../start-node.ts'
import { stopOnSignal } from './stop-on-signal.ts'

/** The demo: an embedded PostgreSQL (or the given server), the newest migrations, the demo region, one node. */
export async function demo(): Promise<void> {
  const config = readConfig('demo')
  const step = steps()
  mkdirSync(config.dataDir, { recursive: true })
  const server = config.databaseUrl
    ? undefined
    : await step('PostgreSQL', () =>
        startEmbeddedPostgres({ dataDir: path.join(config.dataDir, 'postgres'), durable: true }),
      )
  const databaseUrl = config.databaseUrl ?? server!.url
  try {
    await step('Структура базы данных', async () => {
      await migrate(databaseUrl)
      await migrateJobs(databaseUrl)
    })
    const secret = config.secret ?? demoSecret(config)
    await step('Демонстрационный регион', (tell) => loadDemo({ config, databaseUrl, secret, tell }))
    const node = await step('Сервер', () => startNode({ config, databaseUrl, secret }))
    greet(node.address)
    await stopOnSignal(async () => {
      await node.stop()
      await server?.stop()
    })
  } catch (error) {
    await server?.stop()
    throw error
  }
}

/** The demo's own secret, made once and kept beside its database. Production is given one by its operator. */
function demoSecret(config: Config): string {
  const file = path.join(config.dataDir, 'secret')
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}

type Tell = (what: string) => void

/** Prints each step with its time; a step may tell how far it is. */
function steps() {
  return async <T>(name: string, run: (tell: Tell) => Promise<T>): Promise<T> => {
    const started = performance.now()
    process.stdout.write(`  ${name} …`)
    const tell: Tell = (what) =>
      process.stdout.write(process.stdout.isTTY ? `\r\x1b[2K  ${name}: ${what}` : `\n    ${what}`)
    const result = await run(tell)
    const time = ((performance.now() - started) / 1000).toFixed(1).replace('.', ',')
    process.stdout.write(process.stdout.isTTY ? `\r\x1b[2K  ${name}: готово, ${time} с\n` : ` готово, ${time} с\n`)
    return result
  }
}

function greet(address: string): void {
  const people = demoEmployees.filter((e) => ['registrar', 'doctor', 'security-officer'].includes(e.role)).slice(0, 4)
  const lines = [
    '',
    'РМИС, демонстрация: все люди и организации вымышлены.',
    '',
    `  Пациентам:    ${address}/`,
    '                вход через демонстрационные «Госуслуги», выберите любого гражданина',
    `  Сотрудникам:  ${address}/staff/`,
    ...people.map((p) => `                ${p.login} / ${p.password} (${p.about})`),
    '                код второго фактора показан рядом с полем',
    `  Описание API: ${address}/api/docs`,
    '',
    'Остановить: Ctrl-C.',
    '',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
