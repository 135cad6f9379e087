import { randomUUID } from 'node:crypto'
import type { DemoCitizen } from './demo-citizen.ts'
import type { Grant } from './codes.ts'
import { grantedScope } from './scopes.ts'
import type { StandInSettings } from './settings.ts'

/** How long tokens live, in seconds. */
const ACCESS_LIFE = 3600
const ID_LIFE = 3 * 3600

/** The answer of v3/te: an access token, an id token where `openid` was asked, and the request's own state. */
export function tokensFor(settings: StandInSettings, grant: Grant, citizen: DemoCitizen, state: string): object {
  const now = Math.floor(settings.now().getTime() / 1000)
  const oid = Number(citizen.esiaOid)
  const session = randomUUID()
  const common = { iss: settings.issuer, nbf: now, iat: now, 'urn:esia:sid': session }
  const access = settings.signToken({
    header: { ver: 1, typ: 'JWT', sbt: 'access', alg: 'GOST3410_2012_256' },
    payload: {
      ...common,
      exp: now + ACCESS_LIFE,
      scope: grantedScope(grant.scope, citizen.esiaOid),
      'urn:esia:sbj_id': oid,
      client_id: grant.clientId,
    },
  })
  const id = settings.signToken({
    header: { ver: 0, typ: 'JWT', sbt: 'id', alg: 'GOST3410_2012_256' },
    payload: {
      ...common,
      exp: now + ID_LIFE,
      aud: grant.clientId,
      sub: oid,
      auth_time: now,
      amr: 'PWD',
      'urn:esia:amd': 'PWD',
      'urn:esia:sbj': {
        'urn:esia:sbj:typ': 'P',
        'urn:esia:sbj:is_tru': citizen.trusted,
        'urn:esia:sbj:oid': oid,
        'urn:esia:sbj:nam': `OID.${citizen.esiaOid}`,
      },
    },
  })
  return {
    access_token: access,
    ...(grant.scope.split(' ').includes('openid') && { id_token: id }),
    refresh_token: randomUUID(),
    expires_in: ACCESS_LIFE,
    state,
    token_type: 'Bearer',
  }
}

/** Whose data an access token opens and which scopes; undefined when it is forged, of another kind or has expired. */
export function readAccess(
  settings: StandInSettings,
  authorization: string | undefined,
): { oid: string; scope: string } | undefined {
  const text = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization ?? '')?.[1]
  const token = text === undefined ? undefined : settings.readToken(text)
  if (!token || token.header['sbt'] !== 'access') return undefined
  const { exp, scope, 'urn:esia:sbj_id': oid } = token.payload
  if (typeof exp !== 'number' || exp * 1000 <= settings.now().getTime()) return undefined
  return { oid: String(oid), scope: String(scope) }
}
