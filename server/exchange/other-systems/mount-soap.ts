import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { SystemInterface } from '../../../contracts/other-systems.ts'
import { requestIdOf } from '../../platform/http/mount-routes.ts'
import { perform, type Operation } from '../../platform/perform.ts'
import type { Platform } from '../../platform/platform.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import {
  contentTypeOf,
  MAX_BYTES,
  readEnvelope,
  readValue,
  SoapFault,
  versionOf,
  writeEnvelope,
  writeFault,
  writeValue,
  writeWsdl,
  type SoapOperation,
  type SoapService,
  type SoapValue,
  type SoapVersion,
  type Style,
  type XmlNode,
} from '../../standards/soap/index.ts'
import { admit, PER_ADDRESS_A_MINUTE } from './admit.ts'
import type { OperationOfSystems } from './operations.ts'

/** How an operation of a service is done: which of our operations it is for the journal, and the reply of the request. */
export type SoapHandler = {
  operation: OperationOfSystems
  /** The session to write into the journal, when the protocol has them. */
  sessionOf?(request: SoapValue): string
  run(work: Work, request: SoapValue): Promise<SoapValue>
}

export type MountedService = {
  path: string
  by: SystemInterface
  service: SoapService
  handlers: Readonly<Record<string, SoapHandler>>
  /** The token of the system, from the request or from what it says. */
  tokenOf(http: FastifyRequest, request: SoapValue): string
  /** The reply that says no, in the words of the protocol; undefined when a fault should. */
  refusal(problem: Problem, operation: SoapOperation, request: SoapValue): SoapValue | undefined
  /** How to answer, by the element of the request. */
  styleOf?(request: XmlNode): Style
}

/**
 * Mounts a SOAP service: POST for its operations, GET with ?wsdl for its description. Every request is an operation of
 * ours with its transaction and its row in the journal, under the name of the system; a fault has no more detail than a
 * refusal has.
 */
export function mountSoap(app: FastifyInstance, platform: Platform, mounted: MountedService): void {
  const rateLimit = { max: PER_ADDRESS_A_MINUTE, timeWindow: 60_000 }
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BYTES }, (_request, body, done) =>
      done(null, body),
    )
    scope.setErrorHandler((error, request, reply) => {
      const version = versionOf(request.headers['content-type'])
      return sendFault(reply, version, faultOf(platform, error, request))
    })
    scope.get<{ Querystring: Record<string, string> }>(
      mounted.path,
      { config: { rateLimit } },
      async (request, reply) => {
        const asked = Object.keys(request.query).some((key) => /^(single)?wsdl$/i.test(key))
        if (!asked) return reply.code(405).header('allow', 'POST').send()
        const address = `${request.protocol}://${request.host}${mounted.path}`
        return reply.type('text/xml; charset=utf-8').send(writeWsdl(mounted.service, address))
      },
    )
    scope.post(mounted.path, { config: { rateLimit }, bodyLimit: MAX_BYTES }, (request, reply) =>
      answer(platform, mounted, request, reply),
    )
  })
}

async function answer(
  platform: Platform,
  mounted: MountedService,
  http: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  let version = versionOf(http.headers['content-type'])
  try {
    requireUtf8(http.headers['content-type'])
    const envelope = readEnvelope((http.body as Buffer | undefined) ?? Buffer.alloc(0))
    version = envelope.version
    const operation = operationOf(mounted, envelope.body)
    const request = readValue(operation.request, envelope.body)
    const value = await carryOut(platform, mounted, operation, request, http)
    const body = writeValue(operation.reply, value, mounted.styleOf?.(envelope.body))
    return reply.header('cache-control', 'no-store').type(contentTypeOf(version)).send(writeEnvelope(version, body))
  } catch (error) {
    return sendFault(reply, version, faultOf(platform, error, http))
  }
}

/** What the header says of the encoding goes before what the message says (RFC 7303 §3). Throws SoapFault. */
function requireUtf8(contentType: string | undefined): void {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(contentType ?? '')?.[1]?.toLowerCase()
  if (charset !== undefined && !['utf-8', 'utf8', 'us-ascii'].includes(charset))
    throw new SoapFault('Client', 'Сообщения принимаются только в UTF-8.', 'not-utf-8')
}

function operationOf({ service }: MountedService, body: XmlNode): SoapOperation {
  const found = service.operations.find(({ request }) => request.name === body.local)
  if (!found) throw new SoapFault('Client', `Операции ${body.local.slice(0, 100)} здесь нет.`, 'unknown-operation')
  return found
}

async function carryOut(
  platform: Platform,
  mounted: MountedService,
  soap: SoapOperation,
  request: SoapValue,
  http: FastifyRequest,
): Promise<SoapValue> {
  const handler = mounted.handlers[soap.name]
  if (!handler) throw new Error(`${mounted.service.name}.${soap.name} is described and not done`)
  const operation: Operation = { ...handler.operation, requestId: requestIdOf(http), address: http.ip }
  try {
    const actor = await admit(platform, mounted.by, mounted.tokenOf(http, request), operation)
    const sessionId = handler.sessionOf?.(request)
    return await perform(platform, { ...actor, ...(sessionId && { sessionId }) }, operation, (work) =>
      handler.run(work, request),
    )
  } catch (error) {
    const refusal = error instanceof Problem ? mounted.refusal(error, soap, request) : undefined
    if (refusal) return refusal
    throw error
  }
}

function faultOf(platform: Platform, error: unknown, request: FastifyRequest): SoapFault {
  if (error instanceof SoapFault) return error
  if (error instanceof Problem) {
    const code = error.type.status >= 500 ? 'Server' : 'Client'
    return new SoapFault(code, error.extra.detail ?? error.type.title, error.type.type.replace('/problems/', ''))
  }
  const { statusCode } = error as { statusCode?: number }
  if (statusCode === 413) return new SoapFault('Client', 'Сообщение слишком большое.', 'too-large')
  if (statusCode !== undefined && statusCode < 500)
    return new SoapFault('Client', 'Запрос не удалось прочитать.', 'malformed')
  const requestId = requestIdOf(request)
  platform.log.error({ err: error, requestId, route: request.routeOptions.url }, 'operation failed')
  return new SoapFault('Server', `Внутренняя ошибка. Номер запроса: ${requestId}.`, 'unexpected')
}

function sendFault(reply: FastifyReply, version: SoapVersion, fault: SoapFault): FastifyReply {
  const { status, text } = writeFault(version, fault)
  return reply.code(status).header('cache-control', 'no-store').type(contentTypeOf(version)).send(text)
}
