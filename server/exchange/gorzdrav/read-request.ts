import type { FastifyRequest } from 'fastify'
import type { TObject } from 'typebox'
import { Malformed } from '../../../contracts/problems.ts'
import { checkInput } from '../../platform/http/validation.ts'
import { Problem } from '../../platform/problem.ts'
import type { RestRequest } from './handlers.ts'
import type { RestOperation } from './service.ts'

/** A request of booking is a few hundred bytes. */
export const MAX_BODY = 64 * 1024

/** The body as an object of JSON in UTF-8. Throws Malformed. */
export function readBody(request: FastifyRequest): Record<string, unknown> {
  const [type, ...parameters] = (request.headers['content-type'] ?? 'application/json').toLowerCase().split(';')
  if (type!.trim() !== 'application/json')
    throw new Problem(Malformed, { detail: 'Тело запроса — JSON, Content-Type: application/json.' })
  const charset = parameters.map((p) => /^\s*charset\s*=\s*"?([\w-]+)"?\s*$/.exec(p)?.[1]).find(Boolean)
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8')
    throw new Problem(Malformed, { detail: 'Тело запроса — только в UTF-8.' })
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(
      (request.body as Buffer | undefined) ?? Buffer.alloc(0),
    )
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Said below, whatever was wrong.
  }
  throw new Problem(Malformed, { detail: 'Тело запроса не прочитано: нужен один объект JSON в UTF-8.' })
}

/** The parts of a request by the shapes of its operation. Throws Invalid naming the field. */
export const readRequest = (
  rest: RestOperation,
  request: FastifyRequest,
  body: Record<string, unknown>,
): RestRequest => ({
  params: checked(rest.params, request.params) as RestRequest['params'],
  query: checked(rest.query, byDeclaredNames(rest.query, request.query)) as RestRequest['query'],
  body: checked(rest.body, body) as RestRequest['body'],
  session: typeof request.headers['token'] === 'string' ? request.headers['token'] : undefined,
})

/** What the shape names, and nothing else; null is as good as absent. */
function checked(shape: TObject | undefined, given: unknown): Record<string, unknown> {
  if (!shape) return {}
  const value = given as Record<string, unknown>
  const named = Object.keys(shape.properties).filter((name) => Object.hasOwn(value, name) && value[name] !== null)
  const picked = Object.fromEntries(named.map((name) => [name, value[name]]))
  checkInput(shape, picked)
  return picked
}

/** Senders write the names of the query in any case («lpuid»). */
function byDeclaredNames(shape: TObject | undefined, query: unknown): Record<string, unknown> {
  const declared = new Map(Object.keys(shape?.properties ?? {}).map((name) => [name.toLowerCase(), name]))
  return Object.fromEntries(
    Object.entries(query as Record<string, unknown>).map(([name, value]) => [
      declared.get(name.toLowerCase()) ?? name,
      value,
    ]),
  )
}
