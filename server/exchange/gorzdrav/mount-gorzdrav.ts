import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  Invalid,
  Malformed,
  NotFound,
  NotSignedIn,
  TooLarge,
  TooManyRequests,
  Unavailable,
} from '../../../contracts/problems.ts'
import { SystemNotAllowed } from '../../../contracts/other-systems.ts'
import { concentratorCode, OTHER_FAILURE } from '../../../contracts/refusal-codes.ts'
import type { SchedulePorts } from '../../modules/schedules/index.ts'
import { mountApiReader } from '../../platform/http/api-docs.ts'
import { requestIdOf } from '../../platform/http/mount-routes.ts'
import { checkReply } from '../../platform/http/validation.ts'
import { perform } from '../../platform/perform.ts'
import type { Platform } from '../../platform/platform.ts'
import { Problem } from '../../platform/problem.ts'
import { admit, PER_ADDRESS_A_MINUTE, tokenOfHeader } from '../other-systems/index.ts'
import { gorzdravHandlers, type RestHandler } from './handlers.ts'
import { gorzdravOpenApi } from './openapi.ts'
import { MAX_BODY, readBody, readRequest } from './read-request.ts'
import { BASE, GORZDRAV, gorzdravOperations, type OperationName, type RestOperation } from './service.ts'

/** Refusals that concern the request and not the booking; they come with their HTTP status, all others with 200. */
const statuses = new Map<string, number>([
  ...[NotSignedIn, SystemNotAllowed, TooManyRequests, Malformed, TooLarge, Unavailable].map(
    ({ type, status }) => [type, status] as const,
  ),
  [Invalid.type, 400],
])

/**
 * Mounts the portal's REST. Every request is an operation of ours with its transaction and its row in the journal, under
 * the name of the system.
 */
export function mountGorzdrav(app: FastifyInstance, platform: Platform, ports: SchedulePorts): void {
  const handlers = gorzdravHandlers(ports)
  const config = { rateLimit: { max: PER_ADDRESS_A_MINUTE, timeWindow: 60_000 } }
  app.register(async (scope) => {
    mountApiReader(scope, { address: GORZDRAV, title: 'Запись на приём для порталов', openApi: gorzdravOpenApi() })
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BODY }, (_request, body, done) =>
      done(null, body),
    )
    scope.setErrorHandler((error, request, reply) => refuse(platform, request, reply, error))
    for (const operation of gorzdravOperations)
      scope.route({
        method: operation.method,
        url: `${BASE}${operation.path}`,
        config,
        bodyLimit: MAX_BODY,
        handler: (request, reply) =>
          answer(platform, operation, handlers[operation.name as OperationName], request, reply),
      })
    scope.all(`${BASE}/*`, { config, bodyLimit: MAX_BODY }, (request, reply) =>
      refuse(platform, request, reply, new Problem(NotFound, { detail: 'Такого запроса здесь нет.' }), 404),
    )
  })
}

async function answer(
  platform: Platform,
  rest: RestOperation,
  handler: RestHandler,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const operation = { ...rest.operation, requestId: requestIdOf(request), address: request.ip }
  const body = rest.body ? readBody(request) : {}
  const actor = await admit(platform, 'gorzdrav-rest', tokenOfHeader(request), operation)
  const given = await perform(platform, actor, operation, async (work) =>
    handler(work, readRequest(rest, request, body)),
  )
  if ('error' in given) return sendError(reply, request, 200, given.error.IdError, given.error.ErrorDescription)
  checkReply(rest.result, given.result, `gorzdrav ${rest.name}`)
  if (given.session) reply.header('token', given.session)
  return send(reply, 200, { result: given.result, success: true, errorCode: 0, message: null, stackTrace: null })
}

/** A refusal in the words of the portal; a bug is a failure with the request's number and nothing else. */
function refuse(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
  status?: number,
): FastifyReply {
  const problem = error instanceof Problem ? error : problemOf(error)
  if (!problem) {
    platform.log.error({ err: error, requestId: requestIdOf(request), route: request.routeOptions.url }, 'failed')
    return sendError(reply, request, 500, OTHER_FAILURE, 'Внутренняя ошибка. Сообщите номер запроса в поддержку.')
  }
  const { type, extra } = problem
  const code = status ?? statuses.get(type.type) ?? 200
  const words = extra.fields?.map(({ path, message }) => `${path}: ${message}`).join('; ')
  return sendError(reply, request, code, concentratorCode(type.type), words ?? extra.detail ?? type.title)
}

/** What Fastify itself refuses: a body that is too long, or an unreadable request. */
function problemOf(error: unknown): Problem | undefined {
  const { statusCode } = error as { statusCode?: number }
  if (statusCode === 413) return new Problem(TooLarge)
  if (statusCode === 429) return new Problem(TooManyRequests)
  return statusCode !== undefined && statusCode < 500 ? new Problem(Malformed) : undefined
}

const sendError = (reply: FastifyReply, request: FastifyRequest, status: number, errorCode: number, message: string) =>
  send(reply, status, { success: false, errorCode, message, requestId: requestIdOf(request) })

const send = (reply: FastifyReply, status: number, body: object): FastifyReply =>
  reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(body))
