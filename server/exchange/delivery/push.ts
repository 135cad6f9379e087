import type { Message, Receipt } from '../../modules/notifications/index.ts'
import { encryptPush, vapidHeader, type VapidKey } from '../../standards/web-push/index.ts'
import { isFinal } from './sms-gateway.ts'

type Push = Extract<Message, { channel: 'push' }>

const TIMEOUT_MS = 20_000
/** A browser that was off for longer gets nothing from the push service; the cabinet has it anyway. */
const TTL_SECONDS = 86_400

/** The push services of browsers. An endpoint is what a browser says: the server writes to no other address. */
const services = [
  /^fcm\.googleapis\.com$/,
  /^([\w-]+\.)*push\.services\.mozilla\.com$/,
  /^([\w-]+\.)*notify\.windows\.com$/,
  /^([\w-]+\.)*push\.apple\.com$/,
]

export function knowsPushService(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false
  const { protocol, hostname, port, username } = new URL(endpoint)
  return protocol === 'https:' && port === '' && username === '' && services.some((service) => service.test(hostname))
}

/** Web push (RFC 8030): encrypted for the browser alone, signed with our key. `subject`: how to reach us. */
export function pushSender(key: VapidKey, subject: string, now: () => Date): (push: Push) => Promise<Receipt> {
  return async ({ id, to, title, text, path }) => {
    let body: Buffer
    try {
      body = encryptPush(to, Buffer.from(JSON.stringify({ id, title, text, path })))
    } catch {
      return { outcome: 'refused', reason: 'push: ключ браузера не подходит', gone: true }
    }
    const response = await fetch(to.endpoint, {
      method: 'POST',
      headers: {
        authorization: vapidHeader(key, to.endpoint, subject, now()),
        'content-encoding': 'aes128gcm',
        'content-type': 'application/octet-stream',
        ttl: String(TTL_SECONDS),
        // The same for every attempt: a message that still waits there is replaced (RFC 8030 §5.4).
        topic: id.replaceAll('-', ''),
        urgency: 'normal',
      },
      body: new Uint8Array(body),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => undefined)
    if (!response) return { outcome: 'later', reason: 'push: служба не отвечает' }
    await response.body?.cancel()
    const reason = `push: HTTP ${response.status}`
    if (response.ok) return { outcome: 'accepted', reference: null }
    if (response.status === 404 || response.status === 410) return { outcome: 'refused', reason, gone: true }
    return isFinal(response.status) ? { outcome: 'refused', reason } : { outcome: 'later', reason }
  }
}
