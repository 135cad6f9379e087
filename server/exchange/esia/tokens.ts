import { EsiaRefusal } from './reasons.ts'
import type { EsiaSettings, Token } from './settings.ts'

/** Clocks may differ by this much, in seconds. */
const SKEW = 60

const untrusted = (what: string): EsiaRefusal => new EsiaRefusal('untrusted-answer', what)

/** Opens a token and checks what every token of ЕСИА must have. Throws EsiaRefusal naming what is wrong. */
function open(settings: EsiaSettings, text: unknown, kind: 'access' | 'id', now: Date): Token['payload'] {
  if (typeof text !== 'string') throw untrusted(`there is no ${kind} token`)
  const token = settings.readToken(text)
  if (!token) throw untrusted(`the signature of the ${kind} token is wrong`)
  const { header, payload } = token
  if (header['alg'] !== 'GOST3410_2012_256') throw untrusted(`the ${kind} token is signed with another algorithm`)
  if (header['sbt'] !== undefined && header['sbt'] !== kind)
    throw untrusted(`a token of another kind stands for the ${kind} token`)
  if (payload['iss'] !== settings.issuer) throw untrusted(`the ${kind} token has another issuer`)
  const seconds = now.getTime() / 1000
  const [expires, from] = [payload['exp'], payload['nbf'] ?? payload['iat']]
  if (typeof expires !== 'number' || expires + SKEW <= seconds) throw untrusted(`the ${kind} token has expired`)
  if (from !== undefined && (typeof from !== 'number' || from - SKEW > seconds))
    throw untrusted(`the ${kind} token is not valid yet`)
  return payload
}

/** A person's number in ЕСИА as it stands in a claim: a whole number, or its digits. */
function oidOf(claim: unknown): string | undefined {
  const text = typeof claim === 'number' && Number.isSafeInteger(claim) ? String(claim) : claim
  return typeof text === 'string' && /^[1-9]\d{0,18}$/.test(text) ? text : undefined
}

/**
 * Who signed in, from the answer of v3/te: both tokens' ГОСТ signatures, issuer, term, and that they were given to this
 * system (`client_id` of the access token, `aud` of the id token) and are about one person. The id token is asked for
 * by the scope `openid`, so it must be there. `trusted` is false when the id token says that the account is not confirmed:
 * the signed word outweighs the answer about the person. Throws EsiaRefusal('untrusted-answer').
 */
export function readTokens(
  settings: EsiaSettings,
  answer: Record<string, unknown>,
  now: Date,
): { oid: string; accessToken: string; trusted: boolean } {
  const access = open(settings, answer['access_token'], 'access', now)
  if (access['client_id'] !== settings.clientId) throw untrusted('the access token was given to another system')
  const oid = oidOf(access['urn:esia:sbj_id'])
  if (!oid) throw untrusted('the access token names nobody')
  const id = open(settings, answer['id_token'], 'id', now)
  const audience = Array.isArray(id['aud']) ? id['aud'] : [id['aud']]
  if (!audience.includes(settings.clientId)) throw untrusted('the id token was given to another system')
  if (oidOf(id['sub']) !== oid) throw untrusted('the tokens are about two different people')
  return { oid, accessToken: answer['access_token'] as string, trusted: !saysUnconfirmed(id) }
}

/** «urn:esia:sbj» of an id token tells whether an office has seen the person; a token without it says nothing. */
function saysUnconfirmed(id: Token['payload']): boolean {
  const subject = id['urn:esia:sbj']
  return typeof subject === 'object' && subject !== null && 'urn:esia:sbj:is_tru' in subject
    ? subject['urn:esia:sbj:is_tru'] !== true
    : false
}
