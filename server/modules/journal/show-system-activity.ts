import type { InputOf } from '../../../contracts/endpoint.ts'
import type {
  showSystemActivity as contract,
  SystemActivity,
  SystemInterface,
} from '../../../contracts/other-systems.ts'
import { Invalid } from '../../../contracts/problems.ts'
import { concentratorCode, ferWord } from '../../../contracts/refusal-codes.ts'
import { Problem } from '../../platform/problem.ts'
import { addDays, isTimeZone, localDay, startOfLocalDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { managedSystem } from '../access/index.ts'
import * as store from './store.ts'
import { operationInWords, problemInWords } from './words.ts'

const USUAL_DAYS = 7
/** The newest requests are counted, so that a busy system's page costs what a quiet one's does. */
const COUNTED = 100_000
const LATEST = 50

type Asked = InputOf<typeof contract>['query']
type Call = store.CallCount

/** What a system has asked in the last days, today included. Throws SystemNotFound, Invalid (the zone). */
export async function showSystemActivity(
  work: Work,
  systemId: string,
  { days = USUAL_DAYS, zone = 'UTC', outcome }: Asked,
): Promise<SystemActivity> {
  if (!isTimeZone(zone)) throw new Problem(Invalid, { fields: [{ path: 'zone', message: 'Такого пояса нет' }] })
  work.note({ objectType: 'external-system', objectId: systemId })
  const from = startOfLocalDay(zone, addDays(localDay(work.now, zone), 1 - days))
  const [system, calls, latest] = await Promise.all([
    managedSystem(work, systemId),
    store.countCalls(work, { actorId: systemId, from, zone, most: COUNTED }),
    store.findActions(work, { actorId: systemId, from, outcome }, LATEST),
  ])
  const isWhole = sum(calls, (call) => call.count) < COUNTED
  const oldest = Math.min(...calls.map((call) => +call.earliest))
  return {
    system,
    countedFrom: (isWhole ? from : new Date(oldest)).toISOString(),
    isWhole,
    days: [...byKey(calls, (call) => call.day)].map(([day, of]) => ({ day, ...outcomesOf(of) })),
    operations: operationsOf(calls),
    refusals: refusalsOf(calls, system.interfaces),
    latest: latest.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      requestId: row.request_id,
      title: operationInWords(row.operation),
      outcome: row.outcome as never,
      problem: row.problem,
      problemTitle: row.problem === null ? null : problemInWords(row.problem),
      durationMs: row.duration_ms,
      address: row.address,
    })),
  }
}

function operationsOf(calls: readonly Call[]): SystemActivity['operations'] {
  return [...byKey(calls, (call) => call.operation)]
    .map(([operation, of]) => ({
      operation,
      title: operationInWords(operation),
      ...outcomesOf(of),
      averageMs: Math.round(sum(of, (call) => call.totalMs) / sum(of, (call) => call.count)),
      longestMs: Math.max(...of.map((call) => call.longestMs)),
    }))
    .sort((a, b) => total(b) - total(a))
}

function refusalsOf(calls: readonly Call[], by: readonly SystemInterface[]): SystemActivity['refusals'] {
  const refused = calls.filter(({ outcome }) => outcome !== 'done')
  return [...byKey(refused, (call) => call.problem)]
    .map(([problem, of]) => ({
      problem,
      title: problem === null ? 'Сбой у нас' : problemInWords(problem),
      codes: codesOf(problem ?? 'unexpected', by),
      count: sum(of, (call) => call.count),
      latestAt: new Date(Math.max(...of.map((call) => +call.latest))).toISOString(),
    }))
    .sort((a, b) => b.count - a.count)
}

/** What the other side read, by each of its protocols; a rule of the region is told from another by its words. */
const codesOf = (problem: string, by: readonly SystemInterface[]): string[] => [
  ...(by.includes('fer-soap') ? [ferWord(problem)] : []),
  ...(by.some((one) => one !== 'fer-soap') ? [`${concentratorCode(problem)}`] : []),
]

const sum = (calls: readonly Call[], of: (call: Call) => number): number =>
  calls.reduce((all, call) => all + of(call), 0)

function outcomesOf(calls: readonly Call[]) {
  const count = (outcome: Call['outcome']) =>
    sum(
      calls.filter((call) => call.outcome === outcome),
      (call) => call.count,
    )
  return { done: count('done'), refused: count('refused'), failed: count('failed') }
}

const total = ({ done, refused, failed }: { done: number; refused: number; failed: number }): number =>
  done + refused + failed

function byKey<K>(calls: readonly Call[], keyOf: (call: Call) => K): Map<K, Call[]> {
  const groups = new Map<K, Call[]>()
  for (const call of calls) groups.set(keyOf(call), [...(groups.get(keyOf(call)) ?? []), call])
  return groups
}
