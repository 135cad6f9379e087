import { createHmac } from 'node:crypto'
import type { Config } from '../../config.ts'
import type { Deliver, Delivering } from '../../modules/notifications/index.ts'
import { readVapidKey } from '../../standards/web-push/index.ts'
import { knowsPushService, pushSender } from './push.ts'
import { smsSender } from './sms-gateway.ts'
import { smtpSender } from './smtp.ts'
import { openStandIn, type StandIn } from './stand-in/stand-in.ts'

/**
 * The channels that this installation has: by its settings, and in the demo a stand-in for those without. Push of the
 * demo always ends in the stand-in: a browser's push service is outside.
 */
export function openDelivering(
  config: Pick<Config, 'mode' | 'delivery' | 'baseUrl'>,
  secret: string,
  now: () => Date,
): { delivering: Delivering; standIn: StandIn | undefined } {
  const { smtpUrl, mailFrom, smsUrl, smsToken, vapidKey } = config.delivery
  const standIn = config.mode === 'demo' ? openStandIn(now) : undefined
  const key = vapidKey ?? (standIn && demoVapidKey(secret))
  const vapid = key ? readVapidKey(key) : undefined
  const mail = smtpUrl && mailFrom ? smtpSender(smtpUrl, mailFrom) : standIn?.deliver
  const sms = smsUrl && smsToken ? smsSender(smsUrl, smsToken) : standIn?.deliver
  const subject = config.baseUrl.startsWith('https:') ? config.baseUrl : 'mailto:no-reply@rmis.invalid'
  const push = standIn?.deliver ?? (vapid && pushSender(vapid, subject, now))
  const deliver: Deliver = async (message) => {
    const off = { outcome: 'refused', reason: 'канал выключен' } as const
    if (message.channel === 'email') return mail?.(message) ?? off
    if (message.channel === 'sms') return sms?.(message) ?? off
    return push?.(message) ?? off
  }
  return {
    standIn,
    delivering: {
      deliver,
      connected: { email: Boolean(mail), sms: Boolean(sms), push: Boolean(push) },
      pushKey: vapid?.publicKey ?? null,
      knowsPushService,
    },
  }
}

/**
 * The demo's own push key, made of its secret. A number that is no key of the curve is one in 2³²; then the next is taken.
 */
function demoVapidKey(secret: string): string {
  for (let i = 0; ; i++) {
    const made = createHmac('sha256', Buffer.from(secret, 'hex')).update(`vapid ${i}`).digest('base64url')
    try {
      readVapidKey(made)
      return made
    } catch {
      continue
    }
  }
}
