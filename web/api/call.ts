import type { Endpoint, InputOf, ReplyOf } from '../../contracts/endpoint.ts'
import type { ProblemBody } from '../../contracts/problems.ts'

/** A refusal as the server worded it, or a lost connection (`status` 0). */
export class Refusal extends Error {
  readonly problem: ProblemBody
  constructor(problem: ProblemBody) {
    super(problem.detail ?? problem.title)
    this.name = 'Refusal'
    this.problem = problem
  }
  /** The message for the field of a form, when the refusal names it. */
  field(path: string): string | undefined {
    return this.problem.fields?.find((f) => f.path === path)?.message
  }
}

const offline = (endpoint: Endpoint): ProblemBody => ({
  type: '/problems/offline',
  status: 0,
  title: 'Нет связи с сервером',
  advice:
    endpoint.method === 'GET'
      ? 'Проверьте интернет. Когда связь появится, всё загрузится само.'
      : 'Проверьте интернет и повторите. Введённое не потеряно.',
})

type Given<E extends Endpoint> = {
  [K in keyof InputOf<E> as InputOf<E>[K] extends undefined ? never : K]: InputOf<E>[K]
}
/**
 * What a call needs; nothing when the endpoint takes nothing. `key` repeats an earlier attempt of the same action;
 * `keepalive`: it goes on when the page is left.
 */
export type CallInput<E extends Endpoint> = Given<E> & { key?: string; signal?: AbortSignal; keepalive?: boolean }

let clockDifference = 0

/**
 * Milliseconds since the epoch by the server's clock, as its last answer told: clocks of telephones are often wrong by
 * minutes, and what runs out on the server must not seem to run out earlier or later here.
 */
export const serverNow = (): number => Date.now() + clockDifference

/** The header counts whole seconds, so a difference of a second or two is none. */
function learnClock(response: Response): void {
  const told = Date.parse(response.headers.get('date') ?? '')
  const difference = told + 500 - Date.now()
  if (!Number.isNaN(told)) clockDifference = Math.abs(difference) > 2000 ? difference : 0
}

const ATTEMPTS = 3
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** A key for one action of a person: made when the button is shown, so that a double click or a retry is one action. */
export const newActionKey = (): string =>
  crypto.randomUUID?.() ??
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('')

/**
 * Calls an endpoint of the contract. A lost connection or a 503 is tried again twice with the same idempotency key, so
 * that a change whose answer was lost is not made twice. Throws Refusal.
 */
export async function call<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<ReplyOf<E>> {
  const key = input.key ?? newActionKey()
  for (let attempt = 1; ; attempt++) {
    const last = attempt === ATTEMPTS
    let response: Response
    try {
      response = await fetch(pathOf(endpoint, input as Loose), request(endpoint, input as Loose, key))
    } catch (error) {
      if (input.signal?.aborted) throw error
      if (last) throw new Refusal(offline(endpoint))
      await pause(300 * attempt)
      continue
    }
    learnClock(response)
    if (response.ok) return (await response.json()) as ReplyOf<E>
    if (response.status === 503 && !last) {
      await pause(1000 * attempt)
      continue
    }
    throw await refusalOf(response)
  }
}

type Loose = {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
  signal?: AbortSignal
  keepalive?: boolean
}

/** The address of an endpoint, for links and downloads as well as calls. */
export function pathOf(endpoint: Endpoint, { params = {}, query = {} }: Loose = {}): string {
  const path = endpoint.path.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams(
    Object.entries(query)
      .filter(([, v]) => v !== undefined && v !== '')
      .map(([k, v]) => [k, String(v)]),
  )
  return search.size > 0 ? `${path}?${search}` : path
}

function request(endpoint: Endpoint, input: Loose, key: string): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (endpoint.method !== 'GET') headers['idempotency-key'] = key
  if (endpoint.body) headers['content-type'] = 'application/json'
  return {
    method: endpoint.method,
    headers,
    credentials: 'same-origin',
    ...(endpoint.body && { body: JSON.stringify(input.body) }),
    ...(input.signal && { signal: input.signal }),
    ...(input.keepalive && { keepalive: true }),
  }
}

async function refusalOf(response: Response): Promise<Refusal> {
  const type = response.headers.get('content-type') ?? ''
  if (type.startsWith('application/problem+json')) return new Refusal((await response.json()) as ProblemBody)
  return new Refusal({
    type: '/problems/unexpected',
    status: response.status,
    title: 'Сервер ответил непонятно',
    advice: 'Попробуйте позже.',
  })
}
