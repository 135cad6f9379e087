import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { ProblemType } from '../../../contracts/endpoint.ts'
import {
  Malformed,
  NotFound,
  TooLarge,
  TooManyRequests,
  Unavailable,
  Unexpected,
  type ProblemBody,
} from '../../../contracts/problems.ts'
import { NoConnection } from '../database/pipelined-driver.ts'
import type { Log } from '../log.ts'
import { Problem, type ProblemExtra } from '../problem.ts'
import { requestIdOf } from './mount-routes.ts'

const BODY_LIMIT = 1024 * 1024

/**
 * One proxy in front is believed and nobody behind it: it adds the address it saw at the end of X-Forwarded-For, and all
 * that stands before was written by whoever asks. Believing the whole header would let anybody choose the address that
 * the journal keeps and the rate limit counts.
 */
const proxyInFront = (_address: string, hop: number): boolean => hop === 0

/** Fastify with our habits: RFC 9457 refusals, strict UTF-8 JSON, body and rate limits, security headers. */
export async function openApp(options: {
  log: Log
  trustProxy: boolean
  requestsPerMinute: number
}): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    trustProxy: options.trustProxy && proxyInFront,
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    // Addresses that the router cannot read never reach the error handler below.
    frameworkErrors: (error, request, reply) => refuse(options.log, error, request as FastifyRequest, reply),
  })
  await app.register(cookie)
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    // HSTS is set by the proxy that ends TLS: over plain http on 127.0.0.1 it would only lock the demo out.
    strictTransportSecurity: false,
  })
  await app.register(rateLimit, {
    global: true,
    max: options.requestsPerMinute,
    timeWindow: 60_000,
    allowList: (request) => /^\/(healthz|readyz|metrics|assets)/.test(request.url),
    errorResponseBuilder: () => new Problem(TooManyRequests),
  })
  acceptStrictJson(app)
  app.setErrorHandler((error: FastifyError | Problem, request, reply) => refuse(options.log, error, request, reply))
  app.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', requestIdOf(request)))
  return app
}

/** Broken UTF-8 is refused and never silently repaired into other letters of somebody's name. */
function acceptStrictJson(app: FastifyInstance): void {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    const bytes = body as Buffer
    if (bytes.length === 0) return done(null, undefined)
    let text: string
    try {
      text = decoder.decode(bytes)
    } catch {
      return done(new Problem(Malformed, { detail: 'Текст запроса не в кодировке UTF-8.' }) as never)
    }
    try {
      done(null, JSON.parse(text))
    } catch {
      done(new Problem(Malformed, { detail: 'Тело запроса — не JSON.' }) as never)
    }
  })
}

const UNAVAILABLE = /^(08|57P0|53|25P03)/

/** What went wrong, as a type of refusal: our own, Fastify's limits, a database that is away, or a bug. */
function typeOf(error: FastifyError | Problem): ProblemType {
  if (error instanceof Problem) return error.type
  if (error.statusCode === 413) return TooLarge
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) return Malformed
  const code = error.code ?? ''
  // A connection that was lost in the middle of an operation, or never got.
  const lost = UNAVAILABLE.test(code) || code === 'ECONNRESET' || code === 'EPIPE'
  if (lost || error instanceof NoConnection || /Connection terminated|not queryable/.test(error.message))
    return Unavailable
  return Unexpected
}

function refuse(log: Log, error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const type = typeOf(error)
  const requestId = requestIdOf(request)
  if (type.status >= 500) log.error({ err: error, requestId, route: request.routeOptions.url }, 'operation failed')
  if (type === Unavailable) reply.header('retry-after', '2')
  return sendProblem(reply, type, requestId, error instanceof Problem ? error.extra : {})
}

/** Answers application/problem+json; `instance` is the request id to quote to support. */
function sendProblem(
  reply: FastifyReply,
  type: ProblemType,
  requestId: string,
  extra: ProblemExtra = {},
): FastifyReply {
  const body: ProblemBody = { ...type, ...extra, instance: requestId }
  return reply
    .code(type.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(body))
}

/** Unknown addresses under the given prefixes are refusals for programs, not pages. */
export function refuseUnknown(
  app: FastifyInstance,
  page: (request: FastifyRequest, reply: FastifyReply) => FastifyReply | Promise<FastifyReply>,
): void {
  app.setNotFoundHandler((request, reply) =>
    request.method !== 'GET' || /^\/(api|rs|aas|esia|exchange)\//.test(request.url)
      ? sendProblem(reply, NotFound, requestIdOf(request))
      : page(request, reply),
  )
}
