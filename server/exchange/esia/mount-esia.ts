import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { requestIdOf } from '../../platform/http/mount-routes.ts'
import { readSessionToken, setSessionCookie } from '../../platform/http/session-cookie.ts'
import type { Platform } from '../../platform/platform.ts'
import { giveBrowserToken, takeBrowserToken } from './browser-token.ts'
import { comeBack, leave, type LinkCitizen, type Visit } from './come-back.ts'
import { loopbackAddress, visitedAddress } from './own-address.ts'
import { pageStyle } from './page.ts'
import { reasonPage } from './reason-page.ts'
import { esiaCodeOf, isReason, type Reason } from './reasons.ts'
import { authorizationAddress, esiaTimestamp, signOutAddress } from './request.ts'
import { safeReturnPath } from './return-path.ts'
import type { EsiaSettings } from './settings.ts'

/** What the adapter needs from the rest of the house. */
export type EsiaPorts = { settings: EsiaSettings; linkCitizen: LinkCitizen }

type Query = { Querystring: Record<string, unknown> }

/** A way that changes something must not be walked by HEAD, which link previews send. */
const walkedOnce = { exposeHeadRoute: false }

/**
 * Mounts the relying party: /esia/sign-in, /esia/callback, /esia/failed and /esia/sign-out. They are pages for browsers,
 * not operations of the API, so they answer with redirects and words, never with problem+json.
 */
export function mountEsia(app: FastifyInstance, platform: Platform, ports: EsiaPorts): void {
  mountWayThere(app, platform, ports.settings)
  mountWayBack(app, platform, ports)
  mountPages(app, ports.settings)
}

const ownUrlFor = (settings: EsiaSettings, request: FastifyRequest): string =>
  settings.ownUrl ?? visitedAddress(request)
const redirectUriFor = (settings: EsiaSettings, request: FastifyRequest): string =>
  `${ownUrlFor(settings, request)}/esia/callback`

function mountWayThere(app: FastifyInstance, platform: Platform, settings: EsiaSettings): void {
  app.get<Query>('/esia/sign-in', walkedOnce, async (request, reply) => {
    const state = randomUUID()
    const returnTo = safeReturnPath(request.query['return'])
    const browserToken = giveBrowserToken(request, reply, state)
    try {
      await leave(platform, visitOf(request), { state, browserToken, returnTo })
    } catch (error) {
      platform.log.error({ err: error, requestId: requestIdOf(request) }, 'a sign-in through ЕСИА could not begin')
      return explain(reply, { reason: 'failed', returnTo })
    }
    const parts = {
      clientId: settings.clientId,
      scope: settings.scope,
      timestamp: esiaTimestamp(platform.now()),
      state,
      redirectUri: redirectUriFor(settings, request),
    }
    return go(reply, authorizationAddress(settings.siteUrl, parts, settings.signer))
  })
}

function mountWayBack(app: FastifyInstance, platform: Platform, { settings, linkCitizen }: EsiaPorts): void {
  app.get<Query>('/esia/callback', walkedOnce, async (request, reply) => {
    const esia = {
      settings,
      linkCitizen,
      redirectUri: redirectUriFor(settings, request),
      apiUrl: settings.apiUrl ?? (settings.siteUrl || loopbackAddress(app)),
    }
    const ending = await comeBack(platform, esia, visitOf(request), {
      query: request.query,
      browserTokenOf: (state) => takeBrowserToken(request, reply, state),
    })
    if (!ending.session) return explain(reply, ending)
    setSessionCookie(request, reply, ending.session.token, ending.session.expiresAt)
    return go(reply, ending.returnTo)
  })
}

function mountPages(app: FastifyInstance, settings: EsiaSettings): void {
  app.get<Query>('/esia/failed', async (request, reply) => {
    const { reason, return: returnTo, code } = request.query
    const text = reasonPage(isReason(reason) ? reason : 'failed', safeReturnPath(returnTo), esiaCodeOf(code))
    return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(text)
  })

  // The session has been ended by POST /api/v1/sign-out: a link on another site signs nobody out here.
  app.get('/esia/sign-out', async (request, reply) => {
    const home = `${ownUrlFor(settings, request)}/`
    return go(reply, settings.signOutThere ? signOutAddress(settings.siteUrl, settings.clientId, home) : '/')
  })

  app.get('/esia/style.css', async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=3600').type('text/css; charset=utf-8').send(pageStyle),
  )
}

const go = (reply: FastifyReply, address: string): FastifyReply =>
  reply.header('cache-control', 'no-store').redirect(address, 302)

/** Sends the browser on to the explanation, so that the code and the state do not stay in its address. */
function explain(
  reply: FastifyReply,
  { reason, returnTo, esiaCode }: { reason: Reason; returnTo: string; esiaCode?: string | undefined },
): FastifyReply {
  const query = new URLSearchParams({ reason, ...(returnTo !== '/' && { return: returnTo }) })
  if (esiaCode) query.set('code', esiaCode)
  return go(reply, `/esia/failed?${query}`)
}

const visitOf = (request: FastifyRequest): Visit => ({
  requestId: requestIdOf(request),
  address: request.ip,
  userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
  sessionToken: readSessionToken(request),
})
