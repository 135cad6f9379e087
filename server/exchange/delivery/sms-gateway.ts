import type { Message, Receipt } from '../../modules/notifications/index.ts'

type Sms = Extract<Message, { channel: 'sms' }>

const TIMEOUT_MS = 20_000

/**
 * SMS through an HTTP gateway of a simple form (README.md): POST {id, to, text} with a bearer token. The id repeats with
 * a repeated attempt, and the gateway sends one id once.
 */
export function smsSender(url: string, token: string): (sms: Sms) => Promise<Receipt> {
  return async ({ id, to, text }) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ id, to, text }),
      // A gateway that sends us elsewhere would carry the token there.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => undefined)
    if (!response) return { outcome: 'later', reason: 'SMS: шлюз не отвечает' }
    const reason = `SMS: HTTP ${response.status}`
    if (response.ok) return { outcome: 'accepted', reference: await referenceIn(response) }
    await response.body?.cancel()
    return isFinal(response.status) ? { outcome: 'refused', reason } : { outcome: 'later', reason }
  }
}

/** A refusal of this message. Others are about the gateway itself or our token, and pass. */
export const isFinal = (status: number): boolean =>
  status >= 400 && status < 500 && ![401, 403, 407, 408, 425, 429].includes(status)

/** The gateway's own number of the message, if it tells one. */
async function referenceIn(response: Response): Promise<string | null> {
  const { id } = (await response.json().catch(() => ({}))) as { id?: unknown }
  return typeof id === 'string' && /^[\w.:-]{1,100}$/.test(id) ? id : null
}
