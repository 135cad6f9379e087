import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { visitedAddress } from '../own-address.ts'
import { pageStyle } from '../page.ts'
import { checkClient, checkSigned, required, type Parameters } from './check-request.ts'
import { openCodes, type Codes } from './codes.ts'
import { choicePage, refusalPage } from './pages.ts'
import { collectionAnswer, isCollection, personAnswer } from './person-answer.ts'
import { StandInRefusal } from './refusal.ts'
import type { StandInSettings } from './settings.ts'
import { readAccess, tokensFor } from './tokens.ts'

type Get = { Querystring: Parameters }
const walkedOnce = { exposeHeadRoute: false }

/**
 * A stand-in for ЕСИА on its own paths, for the demo and for tests: it checks what ЕСИА checks, answers as ЕСИА answers,
 * and lets anybody be any of its citizens. Never mounted in production: only `standInSettings` makes its settings.
 */
export async function mountEsiaStandIn(app: FastifyInstance, settings: StandInSettings): Promise<void> {
  const codes = openCodes(settings.secret, settings.now)
  // A scope of its own, so that only these routes read forms.
  await app.register(async (scope) => {
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
      done(null, fieldsOf(new URLSearchParams(body as string))),
    )
    mountAuthorization(scope, settings, codes)
    mountTokens(scope, settings, codes)
    mountPersons(scope, settings)
    mountSignOut(scope, settings)
    scope.get('/aas/style.css', async (_request, reply) =>
      reply.header('cache-control', 'public, max-age=3600').type('text/css; charset=utf-8').send(pageStyle),
    )
  })
}

/** A form's fields; a list where one was given several times. */
const fieldsOf = (form: URLSearchParams): Parameters =>
  Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const values = form.getAll(name)
      return [name, values.length === 1 ? values[0] : values]
    }),
  )

const clientAddress = (settings: StandInSettings, request: FastifyRequest): string =>
  settings.client.url ?? visitedAddress(request)

/** v2/ac: the page of choice, and the choice itself, which sends the browser back with a code. */
function mountAuthorization(app: FastifyInstance, settings: StandInSettings, codes: Codes): void {
  app.get<Get>('/aas/oauth2/v2/ac', async (request, reply) => {
    const { query } = request
    try {
      checkClient(settings.client, query, `${clientAddress(settings, request)}/esia/callback`)
    } catch (error) {
      return showRefusal(reply, error)
    }
    try {
      const { clientId, scope, state, redirectUri } = checkSigned(settings, query)
      if (required(query, 'response_type') !== 'code')
        throw new StandInRefusal('unsupported_response_type', 'ESIA-007009')
      if (!['online', 'offline'].includes(required(query, 'access_type')))
        throw new StandInRefusal('invalid_request', 'ESIA-007003')
      const waiting = codes.waitingOf({ clientId, scope, state, redirectUri })
      return sendPage(reply, 200, choicePage(settings.citizens, waiting))
    } catch (error) {
      return sendBack(reply, query['redirect_uri'] as string, query['state'], error)
    }
  })

  app.get<Get>('/aas/oauth2/v2/ac/choice', walkedOnce, async (request, reply) => {
    const waiting = codes.readWaiting(String(request.query['waiting']))
    if (!waiting) return showRefusal(reply, new StandInRefusal('invalid_request', 'ESIA-007003'))
    const citizen = settings.citizens.find((c) => c.esiaOid === request.query['person'])
    if (!citizen)
      return sendBack(reply, waiting.redirectUri, waiting.state, new StandInRefusal('access_denied', 'ESIA-007004'))
    const { state, ...asked } = waiting
    const code = codes.codeOf({ ...asked, oid: citizen.esiaOid })
    return redirect(reply, waiting.redirectUri, { code, state })
  })
}

/** v3/te: a code becomes tokens. */
function mountTokens(app: FastifyInstance, settings: StandInSettings, codes: Codes): void {
  app.post('/aas/oauth2/v3/te', async (request, reply) => {
    const form = (request.body ?? {}) as Parameters
    reply.header('cache-control', 'no-store')
    try {
      const code = required(form, 'code')
      if (required(form, 'client_id') !== settings.client.id)
        throw new StandInRefusal('unauthorized_client', 'ESIA-008010')
      const { state, redirectUri, clientId } = checkSigned(settings, form, code)
      if (required(form, 'grant_type') !== 'authorization_code' || required(form, 'token_type') !== 'Bearer')
        throw new StandInRefusal('unsupported_grant_type', 'ESIA-007009')
      const grant = codes.takeCode(code)
      const citizen = grant && settings.citizens.find((c) => c.esiaOid === grant.oid)
      if (!citizen || grant.redirectUri !== redirectUri || grant.clientId !== clientId)
        throw new StandInRefusal('invalid_grant', 'ESIA-007011')
      return tokensFor(settings, grant, citizen, state)
    } catch (error) {
      const { error: word, message } = asRefusal(error)
      return reply.code(400).send({ error: word, error_description: message, state: form['state'] })
    }
  })
}

/** /rs/prns/{oid} and its collections, as far as the token's scopes reach. */
function mountPersons(app: FastifyInstance, settings: StandInSettings): void {
  type Person = { Params: { oid: string; collection?: string }; Querystring: Parameters }
  const answer = async (request: FastifyRequest<Person>, reply: FastifyReply) => {
    const { oid, collection } = request.params
    reply.header('cache-control', 'no-store')
    const access = readAccess(settings, request.headers.authorization)
    if (!access) return reply.code(401).send({ error: 'invalid_token' })
    if (access.oid !== oid) return reply.code(403).send({ error: 'insufficient_scope' })
    const citizen = settings.citizens.find((c) => c.esiaOid === oid)
    const address = `${visitedAddress(request)}/rs/prns/${oid}`
    const { embed } = request.query
    if (citizen && collection === undefined) return personAnswer(citizen, { scope: access.scope, embed, address })
    if (citizen && collection !== undefined && isCollection(collection))
      return collectionAnswer(citizen, collection, {
        scope: access.scope,
        embedded: embed === '(elements)',
        address: `${address}/${collection}`,
      })
    return reply.code(404).send({ error: 'not_found' })
  }
  app.get<Person>('/rs/prns/:oid', answer)
  app.get<Person>('/rs/prns/:oid/:collection', answer)
}

/** /idp/ext/Logout: here nobody stays signed in, so there is only the way back, to the asking system alone. */
function mountSignOut(app: FastifyInstance, settings: StandInSettings): void {
  app.get<Get>('/idp/ext/Logout', async (request, reply) => {
    const { client_id: clientId, redirect_url: address } = request.query
    if (clientId !== settings.client.id)
      return showRefusal(reply, new StandInRefusal('unauthorized_client', 'ESIA-008010'))
    const own = new URL(clientAddress(settings, request)).origin
    if (typeof address !== 'string' || !URL.canParse(address) || new URL(address).origin !== own)
      return showRefusal(reply, new StandInRefusal('invalid_request', 'ESIA-007023'))
    return redirect(reply, address, {})
  })
}

function asRefusal(error: unknown): StandInRefusal {
  if (error instanceof StandInRefusal) return error
  throw error
}

const sendPage = (reply: FastifyReply, status: number, text: string): FastifyReply =>
  reply.code(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(text)

const showRefusal = (reply: FastifyReply, error: unknown): FastifyReply =>
  sendPage(reply, 400, refusalPage(asRefusal(error)))

/** Sends the browser back to the asking system with an error. */
const sendBack = (reply: FastifyReply, redirectUri: string, state: unknown, error: unknown): FastifyReply => {
  const { error: word, message } = asRefusal(error)
  return redirect(reply, redirectUri, {
    error: word,
    error_description: message,
    ...(typeof state === 'string' && { state }),
  })
}

function redirect(reply: FastifyReply, to: string, parameters: Record<string, string>): FastifyReply {
  const address = new URL(to)
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value)
  return reply.header('cache-control', 'no-store').redirect(address.href, 302)
}
