import type { FastifyReply, FastifyRequest } from 'fastify'

const NAME = 'rmis_session'

/** The session token a request carries: the browser's cookie, or `Authorization: Bearer` of a program. */
export function readSessionToken(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer ([\w-]{20,200})$/.exec(request.headers.authorization ?? '')?.[1]
  const token = bearer ?? request.cookies[NAME]
  return token && /^[\w-]{20,200}$/.test(token) ? token : undefined
}

/** Keeps the token in a cookie that scripts cannot read and other sites cannot send. */
export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string, expires: Date): void {
  reply.setCookie(NAME, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
    expires,
  })
}

/** Takes the cookie away on signing out. */
export function clearSessionCookie(reply: FastifyReply): void {
  reply.clearCookie(NAME, { path: '/' })
}
