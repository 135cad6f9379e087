import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readConfig, WrongSetting, type Config } from '../config.ts'
import { loadDemo, NotADemoDatabase } from '../demo/load-demo.ts'
import { DEMO_PASSWORD, famousLogins } from '../demo/staff.ts'
import { migrate } from '../platform/database/migrate.ts'
import { openDatabase } from '../platform/database/open-database.ts'
import { AlreadyRunning, startEmbeddedPostgres } from '../platform/embedded-postgres/index.ts'
import { migrateJobs } from '../platform/jobs.ts'
import { startNode, type Node } from '../start-node.ts'
import { documentPorts } from '../wiring.ts'
import { platformOver } from './open-platform.ts'
import { stopOnSignal } from './stop-on-signal.ts'

/** The demo: an embedded PostgreSQL (or the given server), the newest migrations, the demo region, one node. */
export async function demo(): Promise<void> {
  const config = readConfig('demo')
  await run(config).catch((error: unknown) => {
    throw forOperator(error, config)
  })
}

/** What whoever started the demo can mend themselves, as a sentence. */
function forOperator(error: unknown, config: Config): unknown {
  if (error instanceof AlreadyRunning || error instanceof NotADemoDatabase) return new WrongSetting(error.message)
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE')
    return new WrongSetting(`port ${config.port} is taken by another program; set RMIS_PORT to a free one`)
  return error
}

async function run(config: Config): Promise<void> {
  mkdirSync(config.dataDir, { recursive: true })
  const dataDir = path.join(config.dataDir, 'postgres')
  const server = config.databaseUrl
    ? undefined
    : await step('PostgreSQL', () => startEmbeddedPostgres({ dataDir, durable: true }))
  try {
    const node = await openRegion(config, config.databaseUrl ?? server!.url)
    greet(node.address)
    await stopOnSignal(() => node.stop())
  } finally {
    await server?.stop()
  }
}

async function openRegion(config: Config, databaseUrl: string): Promise<Node> {
  await step('Структура базы данных', async () => {
    await migrate(databaseUrl)
    await migrateJobs(databaseUrl)
  })
  const secret = config.secret ?? demoSecret(config)
  const citizens = await step('Демонстрационный регион', async (tell) => {
    const database = openDatabase(databaseUrl, { max: 4 })
    const settings = { timeZone: config.timeZone, secret, documents: documentPorts(secret), tell }
    return loadDemo(platformOver(database, config), settings).finally(() => database.close())
  })
  return step('Сервер', () => startNode({ config, databaseUrl, secret, citizens }))
}

/** The demo's own secret, made once and kept beside its database. Production is given one by its operator. */
function demoSecret(config: Config): string {
  const file = path.join(config.dataDir, 'secret')
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}

type Tell = (what: string) => void

/** Runs a step and prints it with its time; the step may tell how far it is. */
async function step<T>(name: string, run: (tell: Tell) => Promise<T>): Promise<T> {
  const started = performance.now()
  const { isTTY } = process.stdout
  process.stdout.write(`  ${name} …`)
  const result = await run((what) => process.stdout.write(isTTY ? `\r\x1b[2K  ${name}: ${what} …` : `\n    ${what} …`))
  const time = ((performance.now() - started) / 1000).toFixed(1).replace('.', ',')
  process.stdout.write(isTTY ? `\r\x1b[2K  ${name}: готово, ${time} с\n` : ` готово, ${time} с\n`)
  return result
}

function greet(address: string): void {
  const lines = [
    '',
    'РМИС, демонстрация: все люди и организации вымышлены.',
    '',
    `  Пациентам:    ${address}/`,
    '                вход через демонстрационные «Госуслуги», выберите любого гражданина',
    `  Сотрудникам:  ${address}/staff/`,
    ...famousLogins.map(({ login, about }) => `                ${login} / ${DEMO_PASSWORD} (${about})`),
    '                код второго фактора показан рядом с полем',
    `  Описание API: ${address}/api/docs`,
    '',
    'Остановить: Ctrl-C.',
    '',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
