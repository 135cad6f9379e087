import { Invalid } from '../../../contracts/problems.ts'
import {
  ChannelIsOff,
  CodeSentJustNow,
  NoCardYet,
  PushServiceUnknown,
  type NotificationSettings as Shown,
} from '../../../contracts/notifications.ts'
import { randomInt } from 'node:crypto'
import { newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { startSoon } from '../../platform/start-soon.ts'
import { minutesLater } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { linkedPatientOf, patientFull } from '../patients/index.ts'
import { DELIVER } from './notify.ts'
import type { NotificationSettings } from './ports.ts'
import { reach } from './recipients.ts'
import { CODE_MINUTES, CODE_PAUSE_MINUTES, CODE_TRIES, emailOf, phoneOf, type Preference } from './rules.ts'
import { insertDeliveries } from './store-deliveries.ts'
import * as store from './store-settings.ts'

// How a citizen wants to be told. What they choose holds for what concerns them and everybody they act for.

/** The citizen's own card, which their choice is kept with. Throws NoCardYet. */
async function ownCard(work: Work): Promise<string> {
  const patientId = await linkedPatientOf(work, work.actor.id)
  if (patientId === undefined) throw new Problem(NoCardYet)
  work.note({ patientId, grounds: 'self', objectType: 'notification-settings', objectId: patientId })
  return patientId
}

/** Throws NoCardYet. */
export async function showSettings(work: Work, settings: NotificationSettings): Promise<Shown> {
  return describe(work, settings, await ownCard(work))
}

/** Throws NoCardYet. */
export async function changeSettings(
  work: Work,
  settings: NotificationSettings,
  preference: Preference,
): Promise<Shown> {
  const patientId = await ownCard(work)
  await store.putPreference(work, patientId, preference)
  return describe(work, settings, patientId)
}

async function describe(work: Work, { delivering }: NotificationSettings, patientId: string): Promise<Shown> {
  const [patient, requests] = await Promise.all([
    patientFull(work, patientId),
    store.contactRequestsOf(work, patientId),
  ])
  const { phone, email } = patient
  const [own] = await reach(work, [{ patientId, accountId: work.actor.id, phone, email }])
  const { preference, subscriptions } = own!
  const addressOf = (channel: store.AddressChannel, on: boolean): Shown['email'] => ({
    connected: delivering.connected[channel],
    on,
    address: own![channel]?.address ?? null,
    source: own![channel]?.source ?? null,
    waiting: requests.find((request) => request.channel === channel)?.address ?? null,
  })
  const { remindDay, remindHours, quietFrom, quietUntil } = preference
  return {
    email: addressOf('email', preference.emailOn),
    sms: addressOf('sms', preference.smsOn),
    push: {
      connected: delivering.connected.push,
      on: preference.pushOn,
      publicKey: delivering.pushKey,
      devices: subscriptions.length,
    },
    remindDay,
    remindHours,
    quietFrom,
    quietUntil,
  }
}

type Wanted = { channel: store.AddressChannel; address: string }

/**
 * Sends a code to an address the citizen wants instead of ЕСИА's. It goes as any message does, but without waiting for
 * the end of quiet hours: somebody is looking at the page. Throws NoCardYet, ChannelIsOff, CodeSentJustNow, Invalid.
 */
export async function requestContact(work: Work, settings: NotificationSettings, wanted: Wanted): Promise<Shown> {
  const patientId = await ownCard(work)
  const { channel } = wanted
  if (!settings.delivering.connected[channel]) throw new Problem(ChannelIsOff)
  const address = readAddress(wanted)
  const request: store.ContactRequest = {
    patientId,
    channel,
    id: newId(),
    address,
    code: String(randomInt(1_000_000)).padStart(6, '0'),
    tries: 0,
    requestedAt: work.now,
    expiresAt: minutesLater(work.now, CODE_MINUTES),
  }
  if (!(await store.putContactRequest(work, request, minutesLater(work.now, -CODE_PAUSE_MINUTES))))
    throw new Problem(CodeSentJustNow)
  await insertDeliveries(work, [
    {
      patientId,
      id: newId(),
      notificationId: request.id,
      kind: 'contact-code',
      recipientId: patientId,
      channel,
      address,
      notBefore: work.now,
      expiresAt: request.expiresAt,
    },
  ])
  await startSoon(work, DELIVER)
  return describe(work, settings, patientId)
}

function readAddress({ channel, address }: Wanted): string {
  const read = channel === 'email' ? emailOf(address) : phoneOf(address)
  if (read !== undefined) return read
  const message = channel === 'email' ? 'Адрес почты пишут так: имя@почта.рф' : 'Номер пишут так: +7 900 000-00-00'
  throw new Problem(Invalid, { fields: [{ path: 'address', message }] })
}

/**
 * Confirms an address by the code that was sent to it; a code has five tries. A wrong one is an answer, because a refusal
 * would roll its counting back. Throws NoCardYet.
 */
export async function confirmContact(
  work: Work,
  settings: NotificationSettings,
  { channel, code }: { channel: store.AddressChannel; code: string },
): Promise<{ outcome: 'confirmed' | 'wrong' | 'expired'; left: number; settings: Shown }> {
  const patientId = await ownCard(work)
  const request = await store.tryContactRequest(work, patientId, channel, CODE_TRIES)
  const answer = async (outcome: 'confirmed' | 'wrong' | 'expired', left: number) => ({
    outcome,
    left,
    settings: await describe(work, settings, patientId),
  })
  if (!request) return answer('expired', 0)
  if (request.code !== code) return answer('wrong', CODE_TRIES - request.tries)
  await store.putContact(work, request)
  await store.deleteContactRequest(work, patientId, channel)
  return answer('confirmed', 0)
}

/** Back to the address of ЕСИА or the card. Throws NoCardYet. */
export async function dropContact(
  work: Work,
  settings: NotificationSettings,
  channel: store.AddressChannel,
): Promise<Shown> {
  const patientId = await ownCard(work)
  await store.deleteContact(work, patientId, channel)
  return describe(work, settings, patientId)
}

type Browser = { endpoint: string; p256dh: string; auth: string; userAgent: string | null }

/** Lets this browser be written to. Throws NoCardYet, ChannelIsOff, PushServiceUnknown. */
export async function subscribePush(work: Work, settings: NotificationSettings, browser: Browser): Promise<Shown> {
  const patientId = await ownCard(work)
  const { delivering } = settings
  if (!delivering.connected.push) throw new Problem(ChannelIsOff)
  if (!delivering.knowsPushService(browser.endpoint)) throw new Problem(PushServiceUnknown)
  await store.putSubscription(work, { ...browser, patientId, id: newId() })
  return describe(work, settings, patientId)
}

/** Throws NoCardYet. */
export async function unsubscribePush(work: Work, settings: NotificationSettings, endpoint: string): Promise<Shown> {
  const patientId = await ownCard(work)
  await store.deleteSubscription(work, patientId, { endpoint })
  return describe(work, settings, patientId)
}
