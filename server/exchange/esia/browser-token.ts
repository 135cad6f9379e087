import type { FastifyReply, FastifyRequest } from 'fastify'
import { newToken } from '../../platform/ids.ts'

const PREFIX = 'rmis_esia_'
const PATH = '/esia'
/** As long as `access` waits for the browser to come back, in seconds. */
const MAX_AGE = 15 * 60
const OURS = /^rmis_esia_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** More sign-ins than this at once are nobody's tabs; the oldest are forgotten, so that the header stays short. */
const MOST = 5

/**
 * Gives the browser a token for this sign-in alone, in a cookie named after its state, so that two tabs that sign in at
 * once do not take each other's away. SameSite=Lax: the way back from ЕСИА is a navigation from another site.
 */
export function giveBrowserToken(request: FastifyRequest, reply: FastifyReply, state: string): string {
  const token = newToken()
  // Browsers send the oldest cookie first (RFC 6265 §5.4).
  const waiting = Object.keys(request.cookies).filter((name) => OURS.test(name))
  for (const name of waiting.slice(0, Math.max(0, waiting.length - MOST + 1))) reply.clearCookie(name, { path: PATH })
  reply.setCookie(PREFIX + state, token, {
    path: PATH,
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
    maxAge: MAX_AGE,
  })
  return token
}

/** The token this browser was given for a sign-in (`state` is a UUID); taken away: a sign-in comes back once. */
export function takeBrowserToken(request: FastifyRequest, reply: FastifyReply, state: string): string | undefined {
  const token = request.cookies[PREFIX + state]
  if (token !== undefined) reply.clearCookie(PREFIX + state, { path: PATH })
  return token
}
