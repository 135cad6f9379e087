import { BASE, type Known } from './region.ts'
import type { Packet, Statement } from './record-statements.ts'

/** What of a recorded conversation changes from one to the next. */
export type Varying = {
  /** Found anywhere in a text parameter. */
  within: readonly Known[]
  /** Found only as a whole parameter: texts, instants (ISO), bytes (hexadecimal); the expression has the final type. */
  whole: readonly Known[]
  /** `\set` lines; they must give `:n`, a number that no other run of the script has. */
  variables: readonly string[]
}

const FRESH = '0195a00000ff7000'
const FRESH_A_RUN = 32
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/

/**
 * The recorded packets as a script for pgbench. Values that change become expressions over the script's variables;
 * identifiers that were made up become fresh ones; everything else stays as it was recorded. With
 * `pipelined`, what left the server in one packet leaves pgbench in one packet.
 */
export function pgbenchScript(packets: readonly Packet[], varying: Varying, pipelined: boolean): string {
  const fresh = new Map<string, string>()
  const bodies = packets.map((packet) => packet.map((statement) => `${filledIn(statement, varying, fresh)};`))
  const lines = pipelined ? bodies.flatMap((body) => ['\\startpipeline', ...body, '\\endpipeline']) : bodies.flat()
  if (fresh.size > FRESH_A_RUN)
    throw new Error(`a conversation made ${fresh.size} identifiers, more than are given out`)
  const ids = [...fresh.values()].map((name, i) => `\\set ${name} ${BASE} + :n * ${FRESH_A_RUN} + ${i}`)
  return [...varying.variables, ...ids, ...lines, ''].join('\n')
}

function filledIn({ text, values, types }: Statement, varying: Varying, fresh: Map<string, string>): string {
  // A literal of the statement itself, such as 'HH24:MI', must not look like a variable of pgbench either.
  const oneLine = text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/(?<!:):(?=[A-Za-z_])/g, ":' || '")
  return oneLine.replaceAll(/\$(\d+)/g, (_all, digits: string) => {
    const i = Number(digits) - 1
    return `(${valueSql(values[i], varying, fresh)})::${types[i]}`
  })
}

function valueSql(value: unknown, varying: Varying, fresh: Map<string, string>): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return `array[${value.map((item) => valueSql(item, varying, fresh)).join(', ')}]`
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = value instanceof Date ? value.toISOString() : Buffer.isBuffer(value) ? value.toString('hex') : value
  if (typeof text !== 'string') throw new Error(`a parameter of a kind that pgbench cannot be given: ${typeof value}`)
  const known = varying.whole.find((k) => k.value === text)
  if (known) return known.sql
  if (value instanceof Date) return `to_timestamp(${value.getTime() / 1000})`
  if (Buffer.isBuffer(value)) return `'\\x${text}'`
  return textSql(text, varying, fresh)
}

/** A text with what is known in it replaced: 'before' || expression || 'after'. */
function textSql(text: string, varying: Varying, fresh: Map<string, string>): string {
  const found = [...varying.within.map((k) => k.value.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)), UUID.source]
  const parts = text.split(new RegExp(`(${found.join('|')})`))
  return parts
    .flatMap((part, i) => (i % 2 === 1 ? [variableSql(part, varying, fresh)] : part === '' ? [] : literals(part)))
    .join(' || ')
    .replace(/^$/, "''")
}

function variableSql(value: string, varying: Varying, fresh: Map<string, string>): string {
  const known = varying.within.find((k) => k.value === value)
  if (known) return known.sql
  if (value.startsWith('0195a000-')) throw new Error(`${value} is the region's and changes, but nobody said how`)
  if (!fresh.has(value)) fresh.set(value, `id${fresh.size}`)
  return `('${FRESH}' || :${fresh.get(value)})`
}

/** pgbench takes «:name» for a variable wherever it stands, so a colon and a letter go into two literals. */
const literals = (text: string): string[] =>
  text.split(/(?<=:)(?=[^\s\d"'[{])/).map((part) => `'${part.replaceAll("'", "''")}'`)
