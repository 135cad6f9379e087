import { createECDH, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../config.ts'
import { newId } from '../../platform/ids.ts'
import { MONDAY } from '../../platform/testing/test-app.ts'
import { readVapidKey } from '../../standards/web-push/index.ts'
import { openNotifiedClinic, type NotifiedClinic } from '../../testing/notified-clinic.ts'
import { actors, patients, staff } from '../../testing/small-region.ts'
import { openDelivering } from './index.ts'
import { knowsPushService, pushSender } from './push.ts'
import { smsSender } from './sms-gateway.ts'
import { smtpSender } from './smtp.ts'

type Received = { to: string; text: string; messageId: string }

/** A real mail server that keeps what it is sent and refuses whom the test says. */
async function openMailServer() {
  const received: Received[] = []
  const refusing = new Map<string, number>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _session, done) => {
      const code = refusing.get(address)
      done(code ? Object.assign(new Error(`no such user ${address}`), { responseCode: code }) : undefined)
    },
    onData: (stream, session, done) => {
      let raw = ''
      stream.on('data', (part: Buffer) => (raw += part.toString()))
      stream.on('end', () => {
        const messageId = /^Message-ID: (.+?)\r$/im.exec(raw)![1]!
        received.push({ to: session.envelope.rcptTo[0]!.address, text: raw, messageId })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return { received, refusing, port, close: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}

type Asked = { headers: IncomingMessage['headers']; body: Buffer; path: string }

/** A real HTTP server that answers with the status the test says. */
async function openHttpServer() {
  const asked: Asked[] = []
  const answer = { status: 201, body: '{"id":"g-1"}', location: '' }
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      asked.push({ headers: request.headers, body: Buffer.concat(parts), path: request.url! })
      response.writeHead(answer.status, answer.location ? { location: answer.location } : {}).end(answer.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { asked, answer, url: `http://127.0.0.1:${port}`, close }
}

const from = 'РМИС <no-reply@rmis.example>'
const mail = (to: string) => ({ id: newId(), channel: 'email' as const, to, subject: 'Приём 5 марта', text: 'Текст' })

describe('e-mail', () => {
  let server: Awaited<ReturnType<typeof openMailServer>>
  beforeAll(async () => {
    server = await openMailServer()
  })
  afterAll(() => server.close())
  const send = (to: string) => smtpSender(`smtp://127.0.0.1:${server.port}`, from)(mail(to))

  it('is accepted by a real server, from our sender, marked as automatic, under the message’s own id', async () => {
    const message = mail('ivan@example.org')
    const sender = smtpSender(`smtp://127.0.0.1:${server.port}`, from)
    expect(await sender(message)).toEqual({ outcome: 'accepted', reference: '250' })
    expect(await sender(message)).toMatchObject({ outcome: 'accepted' })
    const [one, two] = server.received.slice(-2)
    expect(one!.messageId).toBe(`<${message.id}@rmis.example>`)
    expect(two!.messageId).toBe(one!.messageId)
    expect(one!.text).toMatch(/^Auto-Submitted: auto-generated/im)
    expect(one!.text).toMatch(/^From: .*<no-reply@rmis.example>/im)
  })

  it('to an unknown address is refused, without the address in the reason', async () => {
    server.refusing.set('nobody@example.org', 550)
    expect(await send('nobody@example.org')).toEqual({ outcome: 'refused', reason: 'SMTP 550' })
  })

  it('waits when the server is busy, away, or does not accept us', async () => {
    server.refusing.set('busy@example.org', 451)
    expect(await send('busy@example.org')).toEqual({ outcome: 'later', reason: 'SMTP 451' })
    const away = await smtpSender('smtp://127.0.0.1:1', from)(mail('ivan@example.org'))
    expect(away).toMatchObject({ outcome: 'later' })
    // A password is not given to a server that offers no TLS.
    const open = await smtpSender(`smtp://user:secret@127.0.0.1:${server.port}`, from)(mail('ivan@example.org'))
    expect(open).toMatchObject({ outcome: 'later' })
  })

  it('cannot be given more recipients or headers by an address', async () => {
    const before = server.received.length
    await send('ivan@example.org\r\nBcc: other@example.org')
    expect(server.received.slice(before).map((r) => r.to)).not.toContain('other@example.org')
    expect(server.received.slice(before).every((r) => !/^Bcc:/im.test(r.text))).toBe(true)
  })
})

describe('SMS', () => {
  let server: Awaited<ReturnType<typeof openHttpServer>>
  beforeAll(async () => {
    server = await openHttpServer()
  })
  beforeEach(() => void Object.assign(server.answer, { status: 201, body: '{"id":"g-1"}', location: '' }))
  afterAll(() => server.close())
  const sms = { id: newId(), channel: 'sms' as const, to: '+79001234567', text: 'Приём 5 марта' }
  const send = () => smsSender(`${server.url}/send`, 'token-1')(sms)

  it('is handed to the gateway in the documented form', async () => {
    expect(await send()).toEqual({ outcome: 'accepted', reference: 'g-1' })
    const { headers, body, path } = server.asked.at(-1)!
    expect(path).toBe('/send')
    expect(headers).toMatchObject({ authorization: 'Bearer token-1', 'content-type': 'application/json' })
    expect(JSON.parse(body.toString())).toEqual({ id: sms.id, to: sms.to, text: sms.text })
  })

  it.each([
    [400, 'refused'],
    [422, 'refused'],
    [401, 'later'],
    [429, 'later'],
    [500, 'later'],
    [503, 'later'],
  ])('answered with %i is %s', async (status, outcome) => {
    Object.assign(server.answer, { status, body: 'no such number +79001234567' })
    expect(await send()).toEqual({ outcome, reason: `SMS: HTTP ${status}` })
  })

  it('does not follow the gateway elsewhere with the token, and takes no nonsense for a reference', async () => {
    const before = server.asked.length
    Object.assign(server.answer, { status: 302, location: `${server.url}/elsewhere` })
    expect(await send()).toMatchObject({ outcome: 'later' })
    expect(server.asked.slice(before).map((a) => a.path)).toEqual(['/send'])
    Object.assign(server.answer, { status: 200, location: '', body: '<html>' })
    expect(await send()).toEqual({ outcome: 'accepted', reference: null })
    expect(await smsSender('http://127.0.0.1:1', 't')(sms)).toMatchObject({ outcome: 'later' })
  })
})

describe('web push', () => {
  let server: Awaited<ReturnType<typeof openHttpServer>>
  beforeAll(async () => {
    server = await openHttpServer()
  })
  beforeEach(() => void Object.assign(server.answer, { status: 201, body: '', location: '' }))
  afterAll(() => server.close())
  const browser = createECDH('prime256v1')
  browser.generateKeys()
  const to = () => ({
    endpoint: `${server.url}/one`,
    p256dh: browser.getPublicKey('base64url'),
    auth: randomBytes(16).toString('base64url'),
  })
  const key = readVapidKey(randomBytes(32).toString('base64url'))
  const push = () => ({ id: newId(), channel: 'push' as const, to: to(), title: 'Приём', text: 'Завтра', path: '/' })
  const send = pushSender(key, 'https://rmis.example', () => MONDAY)

  it('is encrypted and signed, and repeated attempts replace each other', async () => {
    const message = push()
    expect(await send(message)).toEqual({ outcome: 'accepted', reference: null })
    const { headers, body } = server.asked.at(-1)!
    expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', topic: message.id.replaceAll('-', '') })
    expect(headers.authorization).toMatch(/^vapid t=[\w.-]+, k=B[\w-]{86}$/)
    expect(String(headers['topic']).length).toBeLessThanOrEqual(32)
    expect(body.includes('Приём')).toBe(false)
  })

  it.each([
    [404, { outcome: 'refused', gone: true }],
    [410, { outcome: 'refused', gone: true }],
    [413, { outcome: 'refused' }],
    [403, { outcome: 'later' }],
    [429, { outcome: 'later' }],
    [502, { outcome: 'later' }],
  ])('answered with %i is %o', async (status, receipt) => {
    server.answer.status = status
    expect(await send(push())).toMatchObject(receipt)
  })

  it('to a browser with an impossible key is refused and the browser forgotten', async () => {
    const broken = { ...push(), to: { ...to(), p256dh: 'B'.repeat(87) } }
    expect(await send(broken)).toMatchObject({ outcome: 'refused', gone: true })
  })

  it.each([
    ['https://fcm.googleapis.com/fcm/send/abc', true],
    ['https://updates.push.services.mozilla.com/wpush/v2/abc', true],
    ['https://web.push.apple.com/abc', true],
    ['https://wns2-par02p.notify.windows.com/w/?token=abc', true],
    ['http://fcm.googleapis.com/fcm/send/abc', false],
    ['https://fcm.googleapis.com:8443/x', false],
    ['https://fcm.googleapis.com@127.0.0.1/x', false],
    ['https://fcm.googleapis.com.evil.example/x', false],
    ['https://evilpush.apple.com.example/x', false],
    ['https://127.0.0.1/x', false],
    ['nonsense', false],
  ])('%s is a known service: %s', (endpoint, known) => expect(knowsPushService(endpoint)).toBe(known))
})

describe('which channels there are', () => {
  const secret = 'ab'.repeat(32)
  const open = (env: Record<string, string>, mode: 'demo' | 'production' = 'demo') =>
    openDelivering({ ...readConfig('demo', env), mode }, secret, () => MONDAY)

  it('is told by the settings; in the demo a stand-in is there for the rest and keeps everything here', async () => {
    const bare = open({}, 'production')
    expect(bare.delivering.connected).toEqual({ email: false, sms: false, push: false })
    expect(await bare.delivering.deliver(mail('a@b.ru'))).toMatchObject({ outcome: 'refused' })
    expect(bare.standIn).toBeUndefined()
    const demo = open({})
    expect(demo.delivering.connected).toEqual({ email: true, sms: true, push: true })
    expect(demo.delivering.pushKey).toHaveLength(87)
    expect(open({}).delivering.pushKey).toBe(demo.delivering.pushKey)
    const message = mail('a@b.ru')
    await demo.delivering.deliver(message)
    await demo.delivering.deliver(message)
    expect(demo.standIn!.sent()).toEqual([{ at: MONDAY, message }])
  })
})

describe('from the booking to the mailbox', () => {
  let server: Awaited<ReturnType<typeof openMailServer>>
  let gateway: Awaited<ReturnType<typeof openHttpServer>>
  let region: NotifiedClinic
  beforeAll(async () => {
    server = await openMailServer()
    gateway = await openHttpServer()
    const config = readConfig('demo', {
      RMIS_SMTP_URL: `smtp://127.0.0.1:${server.port}`,
      RMIS_MAIL_FROM: from,
      RMIS_SMS_URL: gateway.url,
      RMIS_SMS_TOKEN: 'token-1',
    })
    region = await openNotifiedClinic(openDelivering({ ...config, mode: 'production' }, 'ab'.repeat(32), () => MONDAY))
  })
  afterAll(async () => {
    await region.clinic.close()
    await Promise.all([server.close(), gateway.close()])
  })

  it('one letter and one SMS arrive, though three nodes look, and one of them is killed after sending', async () => {
    const times = await region.clinic.times(staff.therapist)
    await region.clinic.book(actors.registrar, patients.petrov, times[20]!)
    await region.hearAll()
    await Promise.all([region.deliver(), region.deliver(), region.deliver()])
    expect(server.received.map((r) => r.to)).toEqual(['petrov@example.org'])
    expect(gateway.asked).toHaveLength(1)
    // As a node leaves it that was killed between sending and marking.
    await region.clinic.db
      .updateTable('notifications.delivery')
      .set({ state: 'sending', claimed_until: MONDAY, finished_at: null })
      .execute()
    await region.deliver()
    expect(new Set(server.received.map((r) => r.messageId)).size).toBe(1)
    const ids = gateway.asked.map((a) => (JSON.parse(a.body.toString()) as { id: string }).id)
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
    expect((await region.deliveries()).map((d) => d.state)).toEqual(['accepted', 'accepted'])
  })
})
