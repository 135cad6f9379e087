// Search in directories at full size: p50 and p99 of realistic queries, beside the same operation without a search.
// Processor time (ours and the database's together, Linux only) tells what a query costs on a machine that is busy with
// other work; on an idle one the two are nearly the same.
//   node --import tsx bench/terminology-search.ts [folder of НСИ files, default ../shared/data/nsi]
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { directories } from '../contracts/terminology.ts'
import { platformOver } from '../server/commands/open-platform.ts'
import { importFolder } from '../server/exchange/nsi/index.ts'
import { currentVersion, searchConcepts } from '../server/modules/terminology/index.ts'
import { migrate } from '../server/platform/database/migrate.ts'
import { openDatabase } from '../server/platform/database/open-database.ts'
import { startTemporaryPostgres } from '../server/platform/embedded-postgres/index.ts'
import { perform, system } from '../server/platform/perform.ts'
import type { Platform } from '../server/platform/platform.ts'
import type { Work } from '../server/platform/work.ts'

const searched = [
  ['МКБ-10', directories.icd10],
  ['услуги 804н', directories.services],
  ['лабораторные тесты', '1.2.643.5.1.13.13.11.1080'],
  ['лекарства', '1.2.643.5.1.13.13.99.2.611'],
] as const
const QUERIES = 60
const KEYS = { ru: 'йцукенгшщзхъфывапролджэячсмитьбю', en: "qwertyuiop[]asdfghjkl;'zxcvbnm,." }

/** How a person may type a name or a code: each makes a query out of a concept; `n` varies it. */
const habits: Record<string, (concept: { code: string; name: string }, n: number) => string> = {
  'начало слова': ({ name }, n) => longest(name).slice(0, 3 + (n % 4)),
  слово: ({ name }) => longest(name),
  'два слова, порядок наоборот': ({ name }) => wordsOf(name).slice(0, 2).reverse().join(' '),
  опечатка: ({ name }, n) => slip(longest(name), n),
  'две опечатки в двух словах': ({ name }, n) =>
    wordsOf(name)
      .slice(0, 2)
      .map((word) => slip(word, n))
      .join(' '),
  'другая раскладка': ({ name }) => longest(name).replace(/[а-я]/g, (c) => KEYS.en[KEYS.ru.indexOf(c)] ?? c),
  'начало кода': ({ code }, n) => code.slice(0, 2 + (n % 4)).toLowerCase(),
  'всё название': ({ name }) => name.slice(0, 200),
}

const wordsOf = (name: string): string[] => name.toLowerCase().match(/[а-яё]{4,}/g) ?? [name.toLowerCase()]
const longest = (name: string): string => wordsOf(name).reduce((a, b) => (b.length > a.length ? b : a))

/** One slip of the keys: a letter dropped, doubled, changed or swapped with the next, at a place that `n` gives. */
function slip(word: string, n: number): string {
  const at = 1 + (n % Math.max(1, word.length - 2))
  const [before, letter, after] = [word.slice(0, at), word[at] ?? '', word.slice(at + 1)]
  return [
    before + after,
    before + letter + letter + after,
    `${before}ъ${after}`,
    before + (after[0] ?? '') + letter + after.slice(1),
  ][n % 4]!
}

/** Imports every directory of the folder, runs the queries one after another and prints a table. */
export async function run(folder: string = path.resolve('../shared/data/nsi')): Promise<void> {
  if (!existsSync(folder)) return console.log(`Поиск в справочниках: пропущено, нет файлов НСИ (${folder})`)
  const server = await startTemporaryPostgres({ durable: true })
  await migrate(server.url)
  const database = openDatabase(server.url, { max: 1 })
  const platform = platformOver(database, { logLevel: 'warn', timeZone: 'Europe/Moscow' })
  try {
    const started = performance.now()
    const lines = await importFolder(platform, folder, () => {})
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.log(`Импорт: справочников ${lines.length}, строк ${lines.reduce((n, l) => n + l.rows, 0)}, ${seconds} с`)
    console.table(await measure(platform))
  } finally {
    await database.close()
    await server.stop()
  }
}

type Took = { wall: number; cpu: number }
type Row = {
  запросов: number
  'p50, мс': number
  'p99, мс': number
  'p50 ЦП, мс': number
  'p99 ЦП, мс': number
  'нашли своё'?: string
}

async function measure(platform: Platform): Promise<Record<string, Row>> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(platform.db)
  const cpu = () => cpuOf(process.pid) + cpuOf(rows[0]!.pid)
  const table: Record<string, Row> = {}
  const everything: Took[] = []
  const empty: Took[] = []
  for (const [name, oid] of searched) {
    const concepts = await sample(platform, oid)
    const times: Took[] = []
    for (const [habit, queryOf] of Object.entries(habits)) {
      const own: Took[] = []
      let found = 0
      for (const [n, concept] of concepts.entries()) {
        empty.push((await timed(platform, cpu, (work) => currentVersion(work, oid))).took)
        const { took, value } = await timed(platform, cpu, (work) => searchConcepts(work, oid, queryOf(concept, n)))
        own.push(took)
        if (value.some((c) => c.code === concept.code || c.name === concept.name)) found++
      }
      times.push(...own)
      const share = `${Math.round((100 * found) / own.length)} %`
      table[`${name}: ${habit}`] = { ...rowOf(own), 'нашли своё': share }
    }
    table[`${name}: всё`] = rowOf(times)
    everything.push(...times)
  }
  table['все справочники'] = rowOf(everything)
  table['для сравнения: операция без поиска'] = rowOf(empty)
  return table
}

/** Milliseconds a process has run on a processor so far; 0 where the system does not tell. */
function cpuOf(pid: number): number {
  const file = `/proc/${pid}/schedstat`
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6 : 0
}

/** Concepts spread evenly over a directory. */
async function sample(platform: Platform, oid: string): Promise<{ code: string; name: string }[]> {
  const rows = await platform.db
    .selectFrom('terminology.term')
    .select(['code', 'name'])
    .where('oid', '=', oid)
    .orderBy('code')
    .execute()
  return rows.filter((_row, i) => i % Math.ceil(rows.length / QUERIES) === 0)
}

async function timed<T>(
  platform: Platform,
  cpu: () => number,
  job: (work: Work) => Promise<T>,
): Promise<{ took: Took; value: T }> {
  const [started, cpuBefore] = [performance.now(), cpu()]
  const value = await perform(platform, system, { name: 'bench.search', journal: 'read' }, job)
  return { took: { wall: performance.now() - started, cpu: cpu() - cpuBefore }, value }
}

function rowOf(times: readonly Took[]): Row {
  const at = (share: number, of: keyof Took) => {
    const sorted = times.map((t) => t[of]).toSorted((a, b) => a - b)
    return Number((sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1))
  }
  return {
    запросов: times.length,
    'p50, мс': at(0.5, 'wall'),
    'p99, мс': at(0.99, 'wall'),
    'p50 ЦП, мс': at(0.5, 'cpu'),
    'p99 ЦП, мс': at(0.99, 'cpu'),
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === import.meta.filename) await run(process.argv[2])
