import { describe, expect, it } from 'vitest'
import { DraftConflict, emptyConsultation, VisitIsSigned, type ConsultationDraft } from '../../../contracts/chart.ts'
import { Invalid, NotSignedIn, Unavailable } from '../../../contracts/problems.ts'
import { Refusal } from '../../api/index.ts'
import { DraftKeeper, type Saved } from './draft-keeper.ts'

const record = (complaints: string): ConsultationDraft => ({ ...emptyConsultation, complaints })
const offline = new Refusal({ type: '/problems/offline', status: 0, title: 'Нет связи' })

type Sent = { version: number; text: string; key: string; answer: (reply: Saved | Refusal) => Promise<void> }

/** A server that answers when told to, a device, and a clock that is turned by hand. */
function desk(start: { version?: number } = {}) {
  const sent: Sent[] = []
  const timers: { ms: number; run: () => void }[] = []
  const device: { kept?: { base: number; text: string } } = {}
  const keeper = new DraftKeeper(
    {
      save: (version, body, key) =>
        new Promise((resolve, reject) => {
          sent.push({
            version,
            text: body.complaints,
            key,
            answer: async (reply) => {
              if (reply instanceof Refusal) reject(reply)
              else resolve(reply)
              await settle()
            },
          })
        }),
      keep: (base, body) => (device.kept = { base, text: body.complaints }),
      forget: () => delete device.kept,
      later: (ms, run) => {
        const timer = { ms, run }
        timers.push(timer)
        return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1))
      },
    },
    { version: start.version ?? 0, savedAt: undefined, body: record('') },
  )
  /** Lets the nearest timer ring. */
  const ring = async () => {
    const timer = timers.toSorted((a, b) => a.ms - b.ms)[0]
    if (!timer) throw new Error('nothing waits')
    timers.splice(timers.indexOf(timer), 1)
    timer.run()
    await settle()
  }
  return { keeper, sent, timers, device, ring }
}
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
const saved = (version: number): Saved => ({ version, savedAt: `2026-11-26T03:00:0${version}Z` })

describe('a record that is being written', () => {
  it('is saved at a pause, once, and kept on the device until then', async () => {
    const { keeper, sent, device, ring } = desk()
    keeper.change(record('к'))
    keeper.change(record('ка'))
    expect(device.kept).toEqual({ base: 0, text: 'ка' })
    expect(sent).toHaveLength(0)
    await ring()
    expect(sent).toMatchObject([{ version: 0, text: 'ка' }])
    expect(keeper.state.kind).toBe('saving')
    await sent[0]!.answer(saved(1))
    expect(keeper.state).toEqual({ kind: 'saved', savedAt: saved(1).savedAt })
    expect(device.kept).toBeUndefined()
  })

  it('is saved though one types without a pause', () => {
    const { keeper, timers } = desk()
    for (const text of ['а', 'аб', 'абв']) keeper.change(record(text))
    expect(timers.map((t) => t.ms).sort((a, b) => a - b)).toEqual([800, 8000])
  })

  it('sends what was typed meanwhile with the next request, over the new version', async () => {
    const { keeper, sent, device, ring } = desk()
    keeper.change(record('а'))
    await ring()
    keeper.change(record('аб'))
    await ring()
    expect(sent).toHaveLength(1)
    await sent[0]!.answer(saved(1))
    expect(keeper.state.kind).toBe('changed')
    expect(device.kept).toEqual({ base: 1, text: 'аб' })
    await ring()
    expect(sent[1]).toMatchObject({ version: 1, text: 'аб' })
  })

  it('waits for the network, keeps the text, and repeats the same action', async () => {
    const { keeper, sent, device, ring } = desk()
    keeper.change(record('а'))
    await ring()
    await sent[0]!.answer(offline)
    expect(keeper.state.kind).toBe('offline')
    expect(device.kept?.text).toBe('а')
    await ring()
    expect(sent[1]!.key).toBe(sent[0]!.key)
    await sent[1]!.answer(new Refusal({ ...Unavailable }))
    keeper.retry()
    await sent[2]!.answer(saved(1))
    expect(keeper.state.kind).toBe('saved')
  })

  it('waits for signing in', async () => {
    const { keeper, sent, ring } = desk()
    keeper.change(record('а'))
    await ring()
    await sent[0]!.answer(new Refusal({ ...NotSignedIn }))
    expect(keeper.state.kind).toBe('signed-out')
    keeper.retry()
    await settle()
    expect(sent).toHaveLength(2)
  })

  it('tries a refused text again only when it changes', async () => {
    const { keeper, sent, timers, ring } = desk()
    keeper.change(record('а'))
    await ring()
    await sent[0]!.answer(new Refusal({ ...Invalid }))
    expect(keeper.state.kind).toBe('refused')
    expect(timers).toHaveLength(0)
    keeper.change(record('б'))
    await ring()
    expect(sent[1]!.key).not.toBe(sent[0]!.key)
  })
})

describe('two windows over one record', () => {
  const conflict = (complaints: string) =>
    new Refusal({ ...DraftConflict, draft: { ...saved(5), body: record(complaints) } })

  it('nothing is sent until a person has chosen, then it goes over the other version', async () => {
    const { keeper, sent, device, ring } = desk()
    keeper.change(record('моё'))
    await ring()
    await sent[0]!.answer(conflict('их'))
    expect(keeper.state).toMatchObject({ kind: 'conflict', theirs: { version: 5 } })
    keeper.change(record('моё ещё'))
    expect(device.kept?.text).toBe('моё ещё')
    expect(sent).toHaveLength(1)
    keeper.resolve(record('вместе'))
    await settle()
    expect(sent[1]).toMatchObject({ version: 5, text: 'вместе' })
  })

  it('the same text is no conflict: the answer to our own saving was lost', async () => {
    const { keeper, sent, ring } = desk()
    keeper.change(record('моё'))
    await ring()
    await sent[0]!.answer(conflict('моё'))
    expect(keeper.state.kind).toBe('saved')
    expect(keeper.version).toBe(5)
  })

  it('one that was signed elsewhere is over, and nothing of it stays on the device', async () => {
    const { keeper, sent, device, ring } = desk()
    keeper.change(record('моё'))
    await ring()
    await sent[0]!.answer(new Refusal({ ...VisitIsSigned }))
    expect(keeper.state.kind).toBe('signed')
    expect(device.kept).toBeUndefined()
  })
})

describe('what was left on the device by a closed window', () => {
  it('is taken up and saved when the server has nothing newer', async () => {
    const { keeper, sent, ring } = desk({ version: 2 })
    keeper.takeUp({ base: 2, body: record('не ушло') }, { ...saved(2), body: record('') })
    expect(keeper.body.complaints).toBe('не ушло')
    await ring()
    expect(sent[0]).toMatchObject({ version: 2, text: 'не ушло' })
  })
  it('is shown beside what the server has when that is newer', () => {
    const { keeper } = desk({ version: 3 })
    keeper.takeUp({ base: 2, body: record('не ушло') }, { ...saved(3), body: record('новее') })
    expect(keeper.state.kind).toBe('conflict')
  })
  it('is forgotten when the server has it', () => {
    const { keeper, device } = desk({ version: 3 })
    device.kept = { base: 2, text: '' }
    keeper.takeUp({ base: 2, body: record('') }, { ...saved(3), body: record('') })
    expect(keeper.state.kind).toBe('saved')
    expect(device.kept).toBeUndefined()
  })
})

describe('before signing', () => {
  it('all is saved, and the version is told', async () => {
    const { keeper, sent } = desk()
    keeper.change(record('а'))
    const version = keeper.flush()
    await settle()
    keeper.change(record('аб'))
    await sent[0]!.answer(saved(1))
    await sent[1]!.answer(saved(2))
    expect(await version).toBe(2)
  })
  it('an untouched record is saved as it is, so that it can be judged', async () => {
    const { keeper, sent } = desk()
    const version = keeper.flush()
    await settle()
    await sent[0]!.answer(saved(1))
    expect(await version).toBe(1)
  })
  it('without a connection nothing is signed', async () => {
    const { keeper, sent } = desk()
    keeper.change(record('а'))
    const version = keeper.flush()
    await settle()
    await sent[0]!.answer(offline)
    expect(await version).toBeUndefined()
  })
})
