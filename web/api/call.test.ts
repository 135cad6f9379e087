import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { confirmHold, listPatientAppointments, SlotTaken } from '../../contracts/booking.ts'
import { listFreeSlots } from '../../contracts/schedules.ts'
import { call, pathOf, Refusal, serverNow } from './call.ts'

const json = (status: number, body: unknown, type = 'application/json', headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': type, ...headers } })

type Sent = { url: string; key: string | null; body: unknown }

/** The network as a list of answers; an Error is a connection that broke. Tells what was sent. */
function network(...answers: (Response | Error)[]): Sent[] {
  const sent: Sent[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const key = new Headers(init.headers).get('idempotency-key')
    sent.push({ url, key, body: init.body ? JSON.parse(init.body as string) : undefined })
    const answer = answers.shift()
    if (!answer || answer instanceof Error) throw answer ?? new TypeError('no network')
    return answer
  })
  return sent
}

const ids = { holdId: 'h', patientId: 'p' }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Lets the pauses between attempts pass. */
async function settle<T>(promise: Promise<T>): Promise<T> {
  const answer = promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  await vi.runAllTimersAsync()
  const result = await answer
  if ('error' in result) throw result.error
  return result.value
}

describe('a call', () => {
  it('whose answer was lost is repeated with the same key, so that nothing is done twice', async () => {
    const sent = network(new TypeError('broken'), json(200, { id: 'a' }))
    await expect(settle(call(confirmHold, { body: ids }))).resolves.toEqual({ id: 'a' })
    expect(sent).toHaveLength(2)
    expect(new Set(sent.map((s) => s.key)).size).toBe(1)
    expect(sent[0]?.key).toBeTruthy()
  })

  it('waits for a server that is away for a moment', async () => {
    const sent = network(json(503, {}), json(200, { id: 'a' }))
    await expect(settle(call(confirmHold, { body: ids }))).resolves.toEqual({ id: 'a' })
    expect(sent).toHaveLength(2)
  })

  it('says that there is no network after three attempts, and takes the key it is given', async () => {
    const sent = network()
    const refusal = await settle(call(confirmHold, { body: ids, key: 'mine' })).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(Refusal)
    expect((refusal as Refusal).problem.status).toBe(0)
    expect(sent.map((s) => s.key)).toEqual(['mine', 'mine', 'mine'])
  })

  it('does not repeat a refusal, and gives the words of the server', async () => {
    const sent = network(json(409, { ...SlotTaken, instance: 'r' }, 'application/problem+json; charset=utf-8'))
    const refusal = await settle(call(confirmHold, { body: ids })).catch((error: unknown) => error as Refusal)
    expect((refusal as Refusal).problem).toMatchObject({ type: SlotTaken.type, instance: 'r' })
    expect(sent).toHaveLength(1)
  })

  it('that a proxy answered with a page of its own is a refusal in plain words', async () => {
    network(json(502, '<html>', 'text/html'))
    const refusal = await settle(call(listPatientAppointments, { params: { patientId: 'p' } })).catch((e: unknown) => e)
    expect((refusal as Refusal).problem).toMatchObject({ status: 502, title: 'Сервер ответил непонятно' })
  })

  it('sends no key with a read', async () => {
    const sent = network(json(200, { coming: [], past: [] }))
    await settle(call(listPatientAppointments, { params: { patientId: 'p' } }))
    expect(sent[0]).toMatchObject({ url: '/api/v1/patients/p/appointments', key: null })
  })
})

describe('an address', () => {
  it('escapes what is put into it and leaves out what is not given', () => {
    const params = { organizationId: 'o', code: 'а/б' }
    expect(pathOf(listFreeSlots, { params, query: { day: undefined, staffId: '' } })).toBe(
      '/api/v1/organizations/o/specialties/%D0%B0%2F%D0%B1/slots',
    )
    expect(pathOf(listFreeSlots, { params, query: { day: '2026-11-27' } })).toMatch(/\?day=2026-11-27$/)
  })
})

describe('the clock of the server', () => {
  it('is learned from its answers when one’s own is wrong by more than seconds', async () => {
    vi.setSystemTime(new Date('2026-11-26T10:00:00Z'))
    network(json(200, {}, 'application/json', { date: 'Thu, 26 Nov 2026 10:07:00 GMT' }))
    await settle(call(listPatientAppointments, { params: { patientId: 'p' } }))
    expect(Math.round((serverNow() - Date.now()) / 1000)).toBe(421)
    network(json(200, {}, 'application/json', { date: new Date(Date.now() - 1000).toUTCString() }))
    await settle(call(listPatientAppointments, { params: { patientId: 'p' } }))
    expect(serverNow()).toBe(Date.now())
  })
})
