import { randomUUID } from 'node:crypto'
import { esiaCodeOf, EsiaRefusal, reasonOf } from './reasons.ts'
import { readPerson, type EsiaPerson } from './person.ts'
import { esiaTimestamp, tokenForm } from './request.ts'
import type { EsiaSettings } from './settings.ts'
import { readTokens } from './tokens.ts'

const COLLECTIONS = '(contacts.elements,addresses.elements,documents.elements,kids.elements)'
const MAX_ANSWER = 1024 * 1024

/**
 * Exchanges a code for tokens and reads the person they are about: two requests, none inside a transaction.
 * `apiUrl` is ЕСИА as this server reaches it. Throws EsiaRefusal.
 */
export async function askWhoSignedIn(
  settings: EsiaSettings,
  apiUrl: string,
  request: { code: string; redirectUri: string; now: Date },
): Promise<EsiaPerson> {
  const state = randomUUID()
  const form = tokenForm(
    {
      clientId: settings.clientId,
      scope: settings.scope,
      timestamp: esiaTimestamp(request.now),
      state,
      redirectUri: request.redirectUri,
      code: request.code,
    },
    settings.signer,
  )
  const answer = await ask(settings, `${apiUrl}/aas/oauth2/v3/te`, { method: 'POST', body: form })
  if (answer['state'] !== state) throw new EsiaRefusal('untrusted-answer', 'the answer belongs to another request')
  const { oid, accessToken, trusted } = readTokens(settings, answer, request.now)
  const person = await ask(settings, `${apiUrl}/rs/prns/${oid}?embed=${COLLECTIONS}`, {
    headers: { authorization: `Bearer ${accessToken}` },
  })
  try {
    const read = readPerson(oid, person)
    return { ...read, trusted: read.trusted && trusted }
  } catch (error) {
    throw new EsiaRefusal('untrusted-answer', (error as Error).message)
  }
}

/** One request within the time limit; the answer's JSON object. Throws EsiaRefusal for every other outcome. */
async function ask(settings: EsiaSettings, url: string, init: RequestInit): Promise<Record<string, unknown>> {
  let status: number
  let text: string
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'error',
      signal: AbortSignal.timeout(settings.timeoutMs),
      headers: { accept: 'application/json', ...init.headers },
    })
    status = response.status
    text = await limitedText(response)
  } catch (error) {
    throw new EsiaRefusal('away', 'ЕСИА does not answer', undefined, error)
  }
  if (status >= 500 || status === 429) throw new EsiaRefusal('away', `ЕСИА answers ${status}`)
  const answer = parse(text)
  if (status !== 200) {
    const description = answer?.['error_description'] ?? answer?.['code']
    throw new EsiaRefusal(
      reasonOf(answer?.['error'], description),
      `ЕСИА refuses with ${status}`,
      esiaCodeOf(description),
    )
  }
  if (!answer) throw new EsiaRefusal('away', 'ЕСИА answers with something that is not JSON')
  return answer
}

/** Reads an answer, but never more than a megabyte of it. */
async function limitedText(response: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.length
    if (size > MAX_ANSWER) throw new Error('the answer is too long')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
