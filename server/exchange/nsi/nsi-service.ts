import * as T from 'typebox'
import { Compile } from 'typebox/compile'
import { passportOf, rowFromCells, UnknownShape, type NsiRow, type Passport } from './directory-shape.ts'

/** How to reach the НСИ's REST service. `wait` sleeps between attempts; tests give one that does not. */
export type NsiSettings = {
  url: string
  userKey: string
  fetch?: typeof fetch
  wait?: (milliseconds: number) => Promise<void>
}

/** The service refused or could not be reached; the message is a sentence in Russian, without the user key. */
export class NsiUnavailable extends Error {}

const Page = Compile(
  T.Object({
    total: T.Integer({ minimum: 0 }),
    list: T.Array(T.Array(T.Object({ column: T.String(), value: T.Unknown() }))),
  }),
)

/** Rows of a page; the service gives no more at once. */
export const PAGE_ROWS = 200
const ATTEMPTS = 5
const TIMEOUT_MS = 60_000
const isPassing = (status: number): boolean => status === 408 || status === 429 || status >= 500
const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** The passport of a directory, of its newest version. Throws NsiUnavailable, UnknownShape. */
export const fetchPassport = async (settings: NsiSettings, oid: string): Promise<Passport> =>
  passportOf(await ask(settings, 'passport', { identifier: oid }))

/** Page `page` (from 1) of a version's rows, with how many rows the version has. Throws NsiUnavailable, UnknownShape. */
export async function fetchPage(
  settings: NsiSettings,
  oid: string,
  version: string,
  page: number,
): Promise<{ total: number; rows: NsiRow[] }> {
  const reply = await ask(settings, 'data', { identifier: oid, version, page, size: PAGE_ROWS })
  if (!Page.Check(reply)) throw new UnknownShape(`страница ${page}: ответ не такой, как у НСИ`)
  const rows = reply.list.map((cells) => rowFromCells(cells.map(({ column, value }) => [column, value] as const)))
  return { total: reply.total, rows }
}

/** Asks, again after a while when the service is busy, broken or cut off: 1, 2, 4, 8 seconds. */
async function ask(settings: NsiSettings, method: string, query: Record<string, string | number>): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    const answer = await askOnce(settings, method, query)
    if ('reply' in answer) return answer.reply
    if (!answer.passing || attempt === ATTEMPTS) throw new NsiUnavailable(answer.failure)
    await (settings.wait ?? sleep)(1000 * 2 ** (attempt - 1))
  }
}

type Answer = { reply: unknown } | { failure: string; passing: boolean }

async function askOnce(
  { url, userKey, fetch: send = fetch }: NsiSettings,
  method: string,
  query: Record<string, string | number>,
): Promise<Answer> {
  const address = new URL(`${url}/port/rest/${method}`)
  address.searchParams.set('userKey', userKey)
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, `${value}`)
  try {
    const response = await send(address, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    if (!response.ok)
      return { failure: `НСИ ответила ${response.status} на ${method}`, passing: isPassing(response.status) }
    const reply = (await response.json()) as { result?: unknown; resultText?: unknown } | null
    if (reply?.result === 'OK') return { reply }
    const text = typeof reply?.resultText === 'string' ? reply.resultText.replaceAll(userKey, '…') : 'без объяснения'
    return { failure: `НСИ отказала: ${text.slice(0, 300)}`, passing: false }
  } catch (error) {
    // Node's own message would name the address, and with it the user key.
    const late = (error as Error).name === 'TimeoutError'
    return { failure: late ? 'НСИ не ответила за минуту' : 'связь с НСИ прервалась', passing: true }
  }
}
