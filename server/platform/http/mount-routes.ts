import type { TSchema } from 'typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isFileReply, type Endpoint, type FileContent } from '../../../contracts/endpoint.ts'
import { Malformed, NotAllowed, NotSignedIn } from '../../../contracts/problems.ts'
import { claimKey, keptReply, requireKey } from '../idempotency.ts'
import { newId } from '../ids.ts'
import { anonymous, operate } from '../perform.ts'
import type { Platform } from '../platform.ts'
import { Problem } from '../problem.ts'
import type { Actor, Work } from '../work.ts'
import type { Exchange, Route } from './serve.ts'
import { clearSessionCookie, readSessionToken, setSessionCookie } from './session-cookie.ts'
import { checkInput, checkReply, fromQuery } from './validation.ts'

type Answer = { status: number; json?: string; file?: FileContent; fileType?: string }

/** Mounts every route on Fastify. One place does authentication, rights, parsing, keys, the transaction and the journal. */
export function mountRoutes(app: FastifyInstance, platform: Platform, routes: readonly Route[]): void {
  for (const route of routes) {
    app.route({
      method: route.endpoint.method,
      url: route.endpoint.path,
      handler: async (request, reply) =>
        send(
          reply,
          'answer' in route ? await fromMemory(route, request) : await answer(platform, route, request, reply),
        ),
    })
  }
}

async function fromMemory(route: Extract<Route, { answer: unknown }>, request: FastifyRequest): Promise<Answer> {
  const { endpoint } = route
  const value = await route.answer(parse(endpoint, request) as never)
  checkReply(endpoint.reply as TSchema, value, endpoint.name)
  return { status: 200, json: JSON.stringify(value) }
}

type OperationRoute = Extract<Route, { handler: unknown }>

async function answer(
  platform: Platform,
  route: OperationRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Answer> {
  const { endpoint, handler } = route
  const token = readSessionToken(request)
  const operation = {
    name: endpoint.name,
    journal: endpoint.journal,
    requestId: requestIdOf(request),
    address: request.ip,
  }
  let showSession = () => {}
  const answered = await operate(platform, operation, async ({ tx, become, keep, replayed, isRepeat }) => {
    showSession = () => {}
    const now = platform.now()
    const actor = (token && (await platform.authenticate(tx, token, now))) || anonymous
    const work = become(actor)
    requireRight(endpoint, actor)
    const input = parse(endpoint, request)
    nameAim(work, endpoint, input.params)
    if (endpoint.method !== 'GET') requireOwnPage(request)
    let claimed: Promise<void> | undefined
    if (endpoint.method !== 'GET' && !endpoint.withoutIdempotencyKey) {
      const key = requireKey(request.headers['idempotency-key'])
      const asked = `${endpoint.name} ${JSON.stringify(input)}`
      const kept = isRepeat ? await keptReply(tx, actor.id, key, asked) : undefined
      if (kept) {
        replayed()
        return { status: kept.status, json: kept.reply }
      }
      claimed = claimKey(tx, actor.id, key, asked, now)
      keep({
        actorId: actor.id,
        key,
        replyOf: (result) => ({ status: (result as Answer).status, reply: (result as Answer).json ?? '' }),
      })
    }
    const exchange = exchangeOf(request, reply, token, (show) => (showSession = show))
    const handled = (async () => handler(work, input as never, exchange))()
    const value = await (claimed ? unlessTaken(claimed, handled) : handled)
    if (isFileReply(endpoint.reply)) return { status: 200, file: value as FileContent, fileType: endpoint.reply.file }
    checkReply(endpoint.reply, value, endpoint.name)
    return { status: 200, json: JSON.stringify(value) }
  })
  showSession()
  return answered
}

/**
 * What the handler gives, when the key is this request's. The claim has left in one packet with the handler's first
 * statements; whatever they did is rolled back when it fails. So an operation with a key does nothing outside its
 * transaction before that.
 */
async function unlessTaken<T>(claimed: Promise<void>, handled: Promise<T>): Promise<T> {
  handled.catch(() => {})
  await claimed
  return handled
}

function requireRight(endpoint: Endpoint, actor: Actor): void {
  if (endpoint.who === 'anyone') return
  if (actor.kind === 'anonymous') throw new Problem(NotSignedIn)
  if (endpoint.who !== 'signed-in' && !endpoint.who.includes(actor.role as never)) throw new Problem(NotAllowed)
}

/** Whose card is aimed at stands in the address: the journal names the patient also when nobody gets to the grounds. */
function nameAim(work: Work, endpoint: Endpoint, params: unknown): void {
  const { patientId } = (params ?? {}) as { patientId?: string }
  if (patientId !== undefined && endpoint.journal.startsWith('patient-')) work.note({ patientId })
}

/**
 * A browser names the page that makes a changing request (Origin, Fetch Metadata); another site's page is refused.
 * With SameSite cookies and the Idempotency-Key header this is the third line against request forgery.
 */
function requireOwnPage(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new Problem(NotAllowed, { detail: 'Запрос пришёл с чужой страницы.' })
  const origin = request.headers.origin
  if (origin !== undefined && origin !== 'null' && hostOf(origin) !== request.headers.host)
    throw new Problem(NotAllowed, { detail: 'Запрос пришёл с чужой страницы.' })
}

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined)

function parse(endpoint: Endpoint, request: FastifyRequest): { params: unknown; query: unknown; body: unknown } {
  if (endpoint.params) checkInput(endpoint.params, request.params)
  const query = endpoint.query && fromQuery(endpoint.query, request.query as Record<string, unknown>)
  if (endpoint.query) checkInput(endpoint.query, query)
  if (endpoint.body && request.body === undefined) throw new Problem(Malformed, { detail: 'В запросе нет тела JSON.' })
  if (endpoint.body) checkInput(endpoint.body, request.body)
  return { params: endpoint.params && request.params, query, body: endpoint.body && request.body }
}

const requestIds = new WeakMap<FastifyRequest, string>()

/** One id per request: in the journal, the log, and the refusal that a person reads out to support. */
export function requestIdOf(request: FastifyRequest): string {
  const known = requestIds.get(request)
  if (known) return known
  const made = newId()
  requestIds.set(request, made)
  return made
}

/** What a handler does to the cookie is kept by `later` until its transaction stands: a rolled-back sign-in sets none. */
function exchangeOf(
  request: FastifyRequest,
  reply: FastifyReply,
  token: string | undefined,
  later: (show: () => void) => void,
): Exchange {
  return {
    address: request.ip,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
    sessionToken: token,
    setSession: (fresh, expiresAt) =>
      later(() =>
        fresh && expiresAt ? setSessionCookie(request, reply, fresh, expiresAt) : clearSessionCookie(reply),
      ),
  }
}

function send(reply: FastifyReply, { status, json, file, fileType }: Answer): FastifyReply {
  reply.header('cache-control', 'no-store')
  if (json !== undefined) return reply.code(status).type('application/json; charset=utf-8').send(json)
  const name = encodeURIComponent(file!.fileName)
  return reply
    .code(status)
    .type(fileType!)
    .header('content-disposition', `${file!.inline ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`)
    .send(Buffer.from(file!.bytes))
}
