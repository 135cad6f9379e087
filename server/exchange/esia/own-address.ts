import type { FastifyInstance, FastifyRequest } from 'fastify'

/** The address a browser reached this server at: «https://rmis.example»; a name nobody has when it does not say. */
export function visitedAddress(request: FastifyRequest): string {
  const address = `${request.protocol}://${request.host}`
  return URL.canParse(address) ? new URL(address).origin : 'http://rmis.invalid'
}

/** This process as it reaches itself; only where the stand-in is served by the same process. */
export function loopbackAddress(app: FastifyInstance): string {
  const listening = app.server.address()
  if (listening === null || typeof listening === 'string') throw new Error('this server does not listen on a port')
  const { address, family, port } = listening
  const host = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address
  return `http://${family === 'IPv6' ? `[${host}]` : host}:${port}`
}
