import { parseEsiaTimestamp, secretMessage, type SignedParts } from '../request.ts'
import { StandInRefusal } from './refusal.ts'
import { knownScope } from './scopes.ts'
import type { ClientSystem, StandInSettings } from './settings.ts'

/** The parameters of a request; a list where one was given several times. */
export type Parameters = Record<string, unknown>

/** How far the clocks of the two systems may differ, in milliseconds (certainty: low; ЕСИА does not publish it). */
const SKEW = 5 * 60_000
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A parameter that must be there once. Throws StandInRefusal. */
export function required(parameters: Parameters, name: string): string {
  const value = parameters[name]
  if (value === undefined || value === '')
    throw new StandInRefusal('invalid_request', name === 'scope' ? 'ESIA-007013' : 'ESIA-007014')
  if (typeof value !== 'string') throw new StandInRefusal('invalid_request', 'ESIA-007003')
  return value
}

/**
 * The system that asks and where it wants its answer. These two are judged first: with either of them wrong the browser
 * must not be sent anywhere. Throws StandInRefusal.
 */
export function checkClient(client: ClientSystem, parameters: Parameters, redirectUri: string): void {
  if (required(parameters, 'client_id') !== client.id) throw new StandInRefusal('unauthorized_client', 'ESIA-008010')
  if (required(parameters, 'redirect_uri') !== redirectUri) throw new StandInRefusal('invalid_request', 'ESIA-007023')
}

/**
 * Everything that a request to v2/ac and to v3/te (with its `code`) must carry: certificate, time, scope, state, and the
 * raw ГОСТ signature over exactly these values. Throws StandInRefusal.
 */
export function checkSigned(settings: StandInSettings, parameters: Parameters, code?: string): SignedParts {
  const parts: SignedParts = {
    clientId: required(parameters, 'client_id'),
    scope: required(parameters, 'scope'),
    timestamp: required(parameters, 'timestamp'),
    state: required(parameters, 'state'),
    redirectUri: required(parameters, 'redirect_uri'),
    ...(code !== undefined && { code }),
  }
  const secret = required(parameters, 'client_secret')
  const { client } = settings
  if (required(parameters, 'client_certificate_hash').toLowerCase() !== client.certificateHash.toLowerCase())
    throw new StandInRefusal('unauthorized_client', 'ESIA-007002')
  if (!UUID.test(parts.state)) throw new StandInRefusal('invalid_request', 'ESIA-007003')
  if (!parts.scope.split(' ').every(knownScope)) throw new StandInRefusal('invalid_scope', 'ESIA-007006')
  const at = parseEsiaTimestamp(parts.timestamp)
  if (!at || Math.abs(at.getTime() - settings.now().getTime()) > SKEW)
    throw new StandInRefusal('invalid_request', 'ESIA-007015')
  if (!client.signed(secretMessage(parts), secret)) throw new StandInRefusal('unauthorized_client', 'ESIA-007053')
  return parts
}
